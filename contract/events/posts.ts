import { z } from "zod";
import { CommunityId, Role } from "../common.ts";
import { defineEvent } from "./define.ts";
import { id, list } from "./fields.ts";
import { record } from "./stale.ts";

const post = {
  name: z.string(),
  role: Role,
  title: z.string(),
  positions: list(z.string()),
  organization: z.string().nullable(),
};
const held = { userId: id, ...post, communityIds: list(CommunityId) };

const invitations = [...record, "GET /api/communities/:id/invitations"] as const;
const posts = [...record, "GET /api/communities/:id/people", "GET /api/me"] as const;

/** Events of posts and invitations. A post and the real name of its holder are public. */
export const postEvents = {
  "invitation.made": defineEvent({
    label: "邀请",
    about: "invitation",
    data: z.strictObject({ ...post, invitationId: id }),
    stale: invitations,
  }),
  "invitation.accepted": defineEvent({
    label: "接受邀请",
    about: "invitation",
    data: z.strictObject({ ...post, userId: id, communityIds: list(CommunityId), invitationId: id }),
    stale: invitations,
  }),
  "invitation.revoked": defineEvent({
    label: "收回邀请",
    about: "invitation",
    data: z.strictObject({ ...post, invitationId: id }),
    stale: invitations,
  }),
  "role.granted": defineEvent({
    label: "授予身份",
    about: "user",
    data: z.strictObject({ ...held, via: z.enum(["invitation", "account"]) }),
    stale: posts,
  }),
  "role.changed": defineEvent({ label: "变更身份", about: "user", data: z.strictObject({ ...held }), stale: posts }),
  "role.ended": defineEvent({
    label: "离岗",
    about: "user",
    data: z.strictObject({ ...held, reason: z.string() }),
    stale: posts,
  }),
};
