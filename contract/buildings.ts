import { z } from "zod";
import { Community } from "./community.ts";
import { CommunityParams } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const Name = z.string().min(1).max(20);
const Buildings = z
  .array(z.object({ name: Name, units: z.array(Name).max(60) }))
  .min(1)
  .max(600);

/** The number of new buildings and units of an import, and of those that exist already. */
const Additions = z.object({ buildings: z.number().int(), units: z.number().int(), known: z.number().int() });

export const buildingOperations = {
  "POST /api/communities/:id/buildings/preview": {
    summary: "预览楼栋与单元的导入：逐行指出问题，不写入任何内容",
    tag: "社区设置",
    budget: "query",
    access: ["committee"],
    params: CommunityParams,
    upload: true,
    reply: z.object({
      rows: z.number().int(),
      faults: z.array(
        z.object({
          row: z.number().int().describe("in the file; the head is 1"),
          building: z.string(),
          unit: z.string(),
          fault: z.enum(["building-missing", "name-invalid", "too-long", "twice", "date", "too-many"]),
        }),
      ),
      buildings: z.array(z.object({ name: z.string(), units: z.array(z.string()) })).describe("what to confirm"),
      added: Additions,
    }),
    errors: [
      "auth.forbidden",
      "community.unknown",
      "community.building_invalid",
      "file.missing",
      "file.too_large",
      "file.infected",
      "file.unscannable",
      "file.not_scanned",
      "sheet.unreadable",
      "sheet.too_large",
      "sheet.columns_missing",
    ],
  },
  "POST /api/communities/:id/buildings": {
    summary: "导入楼栋与单元：全部写入或全不写入；已有的保留，重复导入不变",
    tag: "社区设置",
    access: ["committee"],
    params: CommunityParams,
    body: z.object({ buildings: Buildings }),
    reply: Community,
    idempotent: true,
    errors: ["auth.forbidden", "community.unknown", "community.building_invalid"],
  },
  "POST /api/communities/:id/buildings/remove": {
    summary: "删除录错的楼栋或单元；还有居民登记在那里的不能删",
    tag: "社区设置",
    access: ["committee"],
    params: CommunityParams,
    body: z.object({ building: Name, unit: Name.optional().describe("only this unit of it") }),
    reply: Community,
    idempotent: true,
    errors: ["auth.forbidden", "community.unknown", "community.building_inhabited"],
  },
} as const satisfies Record<OperationKey, Operation>;
