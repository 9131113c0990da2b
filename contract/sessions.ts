import { z } from "zod";
import { Id, IdParams, Instant } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** An active login of the caller. Its id is no credential. */
export const LoggedInDevice = z
  .object({
    id: Id,
    device: z.string().nullable().describe("微信 · iPhone, Chrome · Windows; null: it does not say"),
    front: z.enum(["weapp", "h5", "console"]).nullable().describe("null: another program, or a login of long ago"),
    since: Instant,
    lastUsedAt: Instant.describe("to a quarter of an hour"),
    current: z.boolean().describe("the one that asks"),
  })
  .meta({ id: "LoggedInDevice" });
export type LoggedInDevice = z.infer<typeof LoggedInDevice>;

export const sessionOperations = {
  "GET /api/me/sessions": {
    summary: "我登录着的设备：本设备，然后最近用过的在前",
    tag: "登录",
    access: "user",
    reply: z.object({ items: z.array(LoggedInDevice) }),
  },
  "DELETE /api/me/sessions/:id": {
    summary: "退出一台设备：它的令牌立即作废",
    tag: "登录",
    access: "user",
    params: IdParams,
    reply: "none",
    errors: ["session.unknown"],
  },
  "DELETE /api/me/sessions": {
    summary: "退出所有设备，或除本设备以外的",
    tag: "登录",
    access: "user",
    query: z.object({ keep: z.literal("this").optional().describe("left out: this one is ended, too") }),
    reply: z.object({ ended: z.number().int().describe("how many logins there were to end") }),
  },
} as const satisfies Record<OperationKey, Operation>;
