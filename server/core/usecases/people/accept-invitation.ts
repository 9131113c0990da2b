import type { CommandContext } from "../../../kernel/command.ts";
import type { Community } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Invitation, assertAcceptable, postOf } from "../../domain/people/invitation.ts";
import { postEventData, addPost } from "../../domain/people/posts.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { ownUser } from "../accounts/update-me.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { idFromKey } from "../../../kernel/ids.ts";
import { takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

/** The invitation of a code, and its community. Throws `invitation.unknown`. */
export async function readInvitation(
  deps: Uses<"store" | "tokens">,
  code: string,
): Promise<{ invitation: Invitation; community: Community }> {
  const id = deps.tokens.readInvitation(code) ?? refuse("invitation.unknown");
  const { value: invitation } = (await deps.store.invitations.load(id)) ?? refuse("invitation.unknown");
  const community = (await deps.store.communities.find(invitation.communityId)) ?? refuse("invitation.unknown");
  return { invitation, community };
}

/**
 * Gives the post of an invitation to the caller's account. The invitation is first marked as accepted in one
 * conditional write, so that of two simultaneous callers one gets it; then the post is given. After a crash in between,
 * accepting again continues, unless the post was ended. Throws `invitation.unknown`, `invitation.used`,
 * `invitation.over`, `invitation.held_already`.
 */
export async function acceptInvitation(
  deps: Uses<"clock" | "store" | "tokens" | "wakeRelay">,
  command: CommandContext,
  code: string,
): Promise<User> {
  const { invitation } = await readInvitation(deps, code);
  const { actor } = command;
  const user = await ownUser(deps, actor);
  const post = postOf(invitation, idFromKey(`post:${invitation.id}`));
  const target = {
    repository: deps.store.invitations,
    kind: "invitation" as const,
    id: invitation.id,
    blank: null,
    unknown: "invitation.unknown" as const,
  };
  const named = { ...actor, name: nameFor(user, invitation), role: invitation.role };
  await takeAggregateStep(deps, { actor: named, idempotency: null }, target, (found, now) => {
    if (!assertAcceptable(found, user, post.id, now)) return null;
    const set = { state: "accepted" as const, acceptedBy: user.id, acceptedAt: now };
    return {
      set,
      type: "invitation.accepted",
      data: { ...postEventData(user.id, found.name, post), invitationId: found.id },
      cadreIds: [],
    };
  });
  return takeUserStep(deps, { actor: named, idempotency: null }, user.id, "auth.session_ended", (holder) => {
    const posts = addPost(holder, post);
    const name = nameFor(holder, invitation);
    const data = { ...postEventData(holder.id, name, post), via: "invitation" as const };
    return (
      posts && {
        type: "role.granted",
        communityId: invitation.communityId,
        residentId: null,
        set: { ...posts, name },
        data,
      }
    );
  });
}

/** The real name of the new holder, as the committee gave it. A holder of another post keeps the name. */
const nameFor = (user: User, { name }: Invitation): string =>
  user.memberships.length > 0 && user.name ? user.name : name;
