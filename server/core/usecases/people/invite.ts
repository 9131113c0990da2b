import type { CommandContext } from "../../../kernel/command.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { INVITATION_MS, INVITATION_PAGE, type Invitation, shownState } from "../../domain/people/invitation.ts";
import type { Uses } from "../../ports.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

/** The person whom the committee invites, and the post. */
export type Invited = Pick<Invitation, "role" | "name" | "title" | "positions" | "dutyPhone" | "organizationName">;

const told = ({ id, role, name, title, positions, organizationName }: Invitation) => ({
  invitationId: id,
  role,
  name,
  title,
  positions,
  organization: organizationName,
});

/**
 * Creates an invitation that is valid for a week. A repeated idempotency key returns the same one. Throws
 * `auth.forbidden`.
 */
export async function invite(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  invited: Invited,
): Promise<Invitation> {
  const { actor, idempotency } = command;
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const id = idempotency ? idFromKey(`invitation:${idempotency.key}`) : newId();
  const madeAt = deps.clock.now();
  const blank: Invitation = {
    ...invited,
    id,
    version: 0,
    communityId,
    state: "open",
    madeAt,
    madeBy: actor.name,
    expiresAt: new Date(madeAt.getTime() + INVITATION_MS),
    acceptedBy: null,
    acceptedAt: null,
  };
  const target = {
    repository: deps.store.invitations,
    kind: "invitation" as const,
    id,
    blank,
    unknown: "invitation.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, (invitation) => ({
    set: {},
    type: "invitation.made",
    data: told(invitation),
    cadreIds: [],
  }));
}

/** Revokes an invitation. Throws `auth.forbidden`, `invitation.unknown`, `invitation.used` when it was accepted. */
export async function revokeInvitation(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  id: string,
): Promise<Invitation> {
  if (!hasRole(command.actor, "committee", communityId)) refuse("auth.forbidden");
  const target = {
    repository: deps.store.invitations,
    kind: "invitation" as const,
    id,
    blank: null,
    unknown: "invitation.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, (invitation) => {
    if (invitation.communityId !== communityId) refuse("invitation.unknown");
    if (invitation.state === "accepted") refuse("invitation.used");
    if (invitation.state === "revoked") return null;
    return { set: { state: "revoked" }, type: "invitation.revoked", data: told(invitation), cadreIds: [] };
  });
}

/**
 * The mini-program code of an open invitation. Throws `auth.forbidden`, `invitation.unknown`, `invitation.over`, and
 * WeChat's errors.
 */
export async function invitationPicture(
  deps: Uses<"clock" | "store" | "tokens" | "wechat">,
  actor: Actor,
  communityId: string,
  id: string,
): Promise<Buffer> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const invitation = (await deps.store.invitations.load(id))?.value;
  if (invitation?.communityId !== communityId) refuse("invitation.unknown");
  if (shownState(invitation, deps.clock.now()) !== "open") refuse("invitation.over");
  return deps.wechat.miniProgramCode({ page: INVITATION_PAGE, scene: deps.tokens.issueInvitation(id) });
}

/** The community's invitations, newest first. Throws `auth.forbidden`. */
export async function listInvitations(deps: Uses<"store">, actor: Actor, communityId: string): Promise<Invitation[]> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  return deps.store.invitations.listOf(communityId);
}
