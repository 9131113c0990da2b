import { z } from "zod";
import { Me } from "./account.ts";
import { CommunityId, CommunityParams, Id, Instant, page, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const InvitedRole = z.enum(["cadre", "partner"]);
const Post = z.object({
  role: InvitedRole,
  name: z.string().describe("the real name, as the committee knows it"),
  title: z.string(),
  positions: z.array(z.string()),
  organizationName: z.string().nullable(),
});
const State = z.enum(["open", "accepted", "revoked", "expired"]);

/** An invitation to a post, for the committee that issued it. */
export const Invitation = Post.extend({
  id: Id,
  dutyPhone: z.string().nullable(),
  state: State,
  code: z.string().nullable().describe("its secret, 32 characters; null unless it is open"),
  url: z.string().nullable().describe("the address that a browser opens; null unless it is open"),
  madeAt: Instant,
  madeBy: z.string(),
  expiresAt: Instant,
  acceptedAt: Instant.nullable(),
}).meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

/** The secret of an invitation. The mini-program gets it as `scene`. */
const Code = z.object({ code: z.string().max(64) });

export const invitationOperations = {
  "GET /api/communities/:id/invitations": {
    summary: "本社区发出的邀请，新的在前",
    tag: "人员",
    access: ["committee"],
    secret: true,
    params: CommunityParams,
    reply: page(Invitation),
    errors: ["auth.forbidden"],
  },
  "POST /api/communities/:id/invitations": {
    summary: "邀请一位干部或协同单位的人：七天内有效，只能用一次",
    tag: "人员",
    access: ["committee"],
    reauthentication: true,
    secret: true,
    params: CommunityParams,
    body: z.object({
      role: InvitedRole,
      name: text(20),
      title: text(20),
      positions: z.array(text(20)).max(20).default([]),
      dutyPhone: text(30).nullable().default(null),
      organizationName: text(40).nullable().default(null),
    }),
    reply: Invitation,
    status: 201,
    idempotent: true,
    errors: ["auth.forbidden"],
  },
  "POST /api/communities/:id/invitations/:invitationId/revoke": {
    summary: "收回一份还没有人接受的邀请",
    tag: "人员",
    access: ["committee"],
    secret: true,
    params: z.object({ id: CommunityId, invitationId: Id }),
    reply: Invitation,
    idempotent: true,
    errors: ["auth.forbidden", "invitation.unknown", "invitation.used"],
  },
  "GET /api/communities/:id/invitations/:invitationId/file": {
    summary: "邀请的小程序码（JPEG）",
    tag: "人员",
    access: ["committee"],
    params: z.object({ id: CommunityId, invitationId: Id }),
    reply: "file",
    errors: [
      "auth.forbidden",
      "invitation.unknown",
      "invitation.over",
      "wechat.unavailable",
      "wechat.page_missing",
      "rate.limited",
    ],
  },
  "GET /api/invitations/:code": {
    summary: "凭二维码看：请您担任什么",
    tag: "人员",
    access: "anyone",
    params: Code,
    reply: Post.extend({ communityName: z.string(), subdistrict: z.string(), state: State, expiresAt: Instant }),
    errors: ["invitation.unknown"],
  },
  "POST /api/invitations/:code/accept": {
    summary: "接受邀请：绑定当前登录的微信或手机",
    tag: "人员",
    access: "user",
    params: Code,
    reply: Me,
    idempotent: true,
    errors: ["invitation.unknown", "invitation.used", "invitation.over", "invitation.held_already"],
  },
} as const satisfies Record<OperationKey, Operation>;
