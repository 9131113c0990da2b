import { refuse } from "../../../kernel/errors.ts";
import type { Membership, User } from "../accounts/user.ts";

export type InvitationState = "open" | "accepted" | "revoked";

/**
 * An invitation to a post, good once. The person who opens its code and accepts gets the post on the account in use.
 */
export interface Invitation extends Pick<Membership, "title" | "positions" | "dutyPhone" | "organizationName"> {
  id: string;
  version: number;
  communityId: string;
  role: "cadre" | "partner";
  /** The real name, as the committee knows it. */
  name: string;
  state: InvitationState;
  madeAt: Date;
  madeBy: string;
  expiresAt: Date;
  acceptedBy: string | null;
  acceptedAt: Date | null;
}

/** The page that opens an invitation. The mini-program gets the code as `scene`, a browser in the address. */
export const INVITATION_PAGE = "subpackages/join/invitation/index";

const DAY = 86_400_000;
/** An invitation expires after a week, since a code that stays around is a risk. */
export const INVITATION_MS = 7 * DAY;

/** The state that people see: an open invitation past its time is `expired`. */
export const shownState = ({ state, expiresAt }: Invitation, now: Date): InvitationState | "expired" =>
  state === "open" && expiresAt <= now ? "expired" : state;

/**
 * The post that the invitation gives. Its id is derived from the invitation's, so that accepting twice gives one post.
 */
export const postOf = (invitation: Invitation, id: string): Membership => ({
  id,
  role: invitation.role,
  communityId: invitation.communityId,
  communityIds: [invitation.communityId],
  organizationName: invitation.organizationName,
  title: invitation.title,
  positions: invitation.positions,
  dutyPhone: invitation.dutyPhone,
  photoFileId: null,
});

/**
 * Throws unless the user may accept it now: `invitation.used` (accepted by somebody else), `invitation.over` (revoked
 * or expired), `invitation.held_already`. True: the invitation is to be marked as accepted. False: this user has
 * accepted it already, and `addPost` continues from there.
 */
export function assertAcceptable(invitation: Invitation, user: User, postId: string, now: Date): boolean {
  const { state, acceptedBy, communityId, role, organizationName } = invitation;
  if (state === "accepted") {
    if (acceptedBy !== null && [user.id, ...user.mergedIds].includes(acceptedBy)) return false;
    refuse("invitation.used");
  }
  if (shownState(invitation, now) !== "open") refuse("invitation.over");
  const held = user.memberships.some(
    (post) =>
      post.id !== postId &&
      post.role === role &&
      post.communityId === communityId &&
      post.organizationName === organizationName,
  );
  if (held) refuse("invitation.held_already");
  return true;
}
