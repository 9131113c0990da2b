import type { Invitation as InvitationReply } from "../../../../contract/index.ts";
import { INVITATION_PAGE, type Invitation, shownState } from "../../domain/people/invitation.ts";
import type { Uses } from "../../ports.ts";
import { instant, instantOrNull } from "../time.ts";

/** The part of an invitation that everybody with its code may see. */
export const presentPost = ({ role, name, title, positions, organizationName }: Invitation) => ({
  role,
  name,
  title,
  positions: [...positions],
  organizationName,
});

/** An invitation as the committee sees it. The code is included only while the invitation is open. */
export function presentInvitation(
  deps: Uses<"clock" | "publicUrl" | "tokens">,
  invitation: Invitation,
): InvitationReply {
  const state = shownState(invitation, deps.clock.now());
  const code = state === "open" ? deps.tokens.issueInvitation(invitation.id) : null;
  return {
    ...presentPost(invitation),
    id: invitation.id,
    dutyPhone: invitation.dutyPhone,
    state,
    code,
    url: code && `${deps.publicUrl()}/#/${INVITATION_PAGE}?scene=${code}`,
    madeAt: instant(invitation.madeAt),
    madeBy: invitation.madeBy,
    expiresAt: instant(invitation.expiresAt),
    acceptedAt: instantOrNull(invitation.acceptedAt),
  };
}
