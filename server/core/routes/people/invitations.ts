import { replyWithMe } from "../accounts/reply.ts";
import type { invitationOperations } from "../../../../contract/invitation.ts";
import { shownState } from "../../domain/people/invitation.ts";
import { acceptInvitation, readInvitation } from "../../usecases/people/accept-invitation.ts";
import { invitationPicture, invite, listInvitations, revokeInvitation } from "../../usecases/people/invite.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentInvitation, presentPost } from "../../presenters/people/invitation.ts";
import { instant } from "../../presenters/time.ts";

export const invitationRoutes: Handlers<keyof typeof invitationOperations> = {
  "GET /api/communities/:id/invitations": async ({ deps, actor, params }) => ({
    items: (await listInvitations(deps, actor, params.id)).map((each) => presentInvitation(deps, each)),
    nextCursor: null,
  }),
  "POST /api/communities/:id/invitations": async (call) =>
    presentInvitation(call.deps, await invite(call.deps, call, call.params.id, call.body)),
  "POST /api/communities/:id/invitations/:invitationId/revoke": async (call) => {
    const { deps, params } = call;
    return presentInvitation(deps, await revokeInvitation(deps, call, params.id, params.invitationId));
  },
  "GET /api/communities/:id/invitations/:invitationId/file": async ({ deps, actor, params }) => {
    const body = await invitationPicture(deps, actor, params.id, params.invitationId);
    return { body, type: "image/jpeg", bytes: body.length, name: "invitation.jpg" };
  },
  "GET /api/invitations/:code": async ({ deps, params }) => {
    const { invitation, community } = await readInvitation(deps, params.code);
    return {
      ...presentPost(invitation),
      communityName: community.name,
      subdistrict: community.subdistrict,
      state: shownState(invitation, deps.clock.now()),
      expiresAt: instant(invitation.expiresAt),
    };
  },
  "POST /api/invitations/:code/accept": async (call) =>
    replyWithMe(call.deps, await acceptInvitation(call.deps, call, call.params.code)),
};
