import { z } from "zod";
import { Registration } from "./account.ts";
import { Id, Instant, Role } from "./common.ts";
import { moduleOwnData } from "./modules.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { Notice } from "./record.ts";
import { RequestDetail, Status } from "./request.ts";
import { LoggedInDevice } from "./sessions.ts";

/** A reveal: a staff member looked at the resident's phone or home in clear. */
const RevealEntry = z
  .object({
    at: Instant,
    name: z.string().describe("real name; empty when the record is older than it is kept"),
    role: z.union([Role, z.literal("system")]),
    field: z.enum(["phone", "home"]),
    reason: z.string(),
    requestNo: z.string().nullable(),
  })
  .meta({ id: "RevealEntry" });
export type RevealEntry = z.infer<typeof RevealEntry>;

/** A request of the user's own, without the fields for staff. */
const OwnRequest = RequestDetail.omit({ abilities: true, tasks: true, knowledgeCard: true, followedBy: true });
export type OwnRequest = z.infer<typeof OwnRequest>;

/** The modules' parts of the own data, by name. */
const ownDataOfModules = z.object(moduleOwnData);
export type OwnDataOfModules = z.infer<typeof ownDataOfModules>;

/** All data kept about a resident (docs/privacy.md), as one file. */
const OwnData = z
  .object({
    format: z.literal("dianxiaoer-own-data-1"),
    madeAt: Instant,
    profile: z.object({
      ids: z.array(Id).describe("the account, and those merged into it"),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      ways: z.array(z.enum(["wechat", "phone", "account"])).describe("how one logs in"),
      largeText: z.boolean(),
      createdAt: Instant,
      registration: Registration.omit({ communityId: true }).nullable(),
    }),
    requests: z.array(OwnRequest).describe("own, filed for the family, and followed; with messages, course and rating"),
    photos: z.array(
      z.object({
        id: Id,
        at: Instant,
        width: z.number().int(),
        height: z.number().int(),
        bytes: z.number().int(),
        url: z.string().describe("good for ten minutes; empty when there is nothing to see"),
      }),
    ),
    ...ownDataOfModules.shape,
    consents: z.array(z.object({ templateId: z.string(), at: Instant, state: z.string() })),
    notices: z.array(Notice),
    deliveries: z.array(z.object({ at: Instant, channel: z.string(), purpose: z.string(), state: z.string() })),
    sessions: z.array(LoggedInDevice.omit({ current: true }).extend({ expiresAt: Instant })),
    record: z
      .array(
        z.object({ at: Instant, type: z.string(), requestNo: z.string().nullable(), by: z.string(), role: z.string() }),
      )
      .describe("rows of the service log that concern one; residents other than the caller without name"),
    reveals: z.array(RevealEntry),
  })
  .meta({ id: "OwnData" });
export type OwnData = z.infer<typeof OwnData>;

export const ownDataOperations = {
  "GET /api/me/data": {
    summary: "留着我的什么、为什么、多久；谁查看过；注销会怎样",
    tag: "我",
    access: "user",
    reply: z.object({
      kept: z.array(z.object({ what: z.string(), why: z.string(), kept: z.string(), closing: z.string() })),
      reveals: z.array(RevealEntry),
      counts: z.object({ requests: z.number().int(), photos: z.number().int() }),
      open: z
        .array(z.object({ id: Id, requestNo: z.string(), title: z.string(), status: Status }))
        .describe("own requests that closing the account would withdraw"),
      holdsPost: z.boolean().describe("the committee ends the post first"),
    }),
  },
  "GET /api/me/export": {
    summary: "导出我的数据：一份给程序读，一份给人读；现做现给，服务器上不留",
    tag: "我",
    access: "user",
    secret: true,
    reply: z.object({
      data: OwnData,
      page: z.string().describe("the same as a web page, to be kept as a file"),
      name: z.string().describe("what to call the files, without an ending"),
    }),
    errors: ["rate.limited"],
  },
} as const satisfies Record<OperationKey, Operation>;
