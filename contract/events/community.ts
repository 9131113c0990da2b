import { z } from "zod";
import { ServiceCode } from "../common.ts";
import { defineEvent } from "./define.ts";
import { count, list } from "./fields.ts";
import { record } from "./stale.ts";

const service = z.strictObject({
  code: ServiceCode,
  title: z.string(),
  version: count,
  fields: list(z.string()).describe("that were changed"),
});

const Settings = z.strictObject({
  ...{ phone: z.string(), address: z.string(), officeHours: z.string(), unitHead: z.string(), offerMinutes: count },
  workingHours: z.strictObject({
    weekdays: list(z.number()),
    spans: list(z.tuple([z.number(), z.number()]).readonly()),
  }),
});

const community = [...record, "GET /api/communities/:id", "GET /api/communities/:id/settings"] as const;
const catalogue = [...record, "GET /api/communities/:id/catalogue", "GET /api/communities/:id/services"] as const;

/** Events of a community's settings, buildings and services. */
export const communityEvents = {
  "community.opened": defineEvent({
    label: "建立社区",
    about: "community",
    data: z.strictObject({ name: z.string(), subdistrict: z.string(), services: count }),
    stale: community,
  }),
  "community.buildings_imported": defineEvent({
    label: "导入楼栋",
    about: "community",
    data: z.strictObject({ buildings: count, units: count, known: count }),
    stale: community,
  }),
  "community.building_removed": defineEvent({
    label: "删除楼栋",
    about: "community",
    data: z.strictObject({ building: z.string(), unit: z.string().optional() }),
    stale: community,
  }),
  "community.settings_changed": defineEvent({
    label: "修改设置",
    about: "community",
    data: z.strictObject({ fields: list(z.string()), before: Settings, after: Settings }),
    stale: community,
  }),
  "service.added": defineEvent({ label: "新增事项", about: "community", data: service, stale: catalogue }),
  "service.changed": defineEvent({ label: "修改事项", about: "community", data: service, stale: catalogue }),
  "service.retired": defineEvent({ label: "停办事项", about: "community", data: service, stale: catalogue }),
  "service.restored": defineEvent({ label: "恢复事项", about: "community", data: service, stale: catalogue }),
};
