import type { CommandContext } from "../../../kernel/command.ts";
import { hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { removeFactors } from "../accounts/reset-factor.ts";

/**
 * Removes the second factor of a colleague of the same committee who has lost phone and recovery codes. The password is
 * still needed, and a new factor is set up at the next login. For a colleague with posts in other communities only the
 * operator may do so. Throws `auth.forbidden`, `post.unknown`, `post.own`.
 */
export async function resetColleagueFactor(
  deps: Uses<"clock" | "loginsEnded" | "store" | "wakeRelay">,
  command: CommandContext,
  { communityId, userId }: { communityId: string; userId: string },
): Promise<{ reset: boolean }> {
  const { actor } = command;
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  if (actor.ids.includes(userId)) refuse("post.own");
  const user = await deps.store.users.find(userId);
  const isClerk = user?.memberships.some(
    ({ role, communityIds }) => role === "committee" && communityIds.includes(communityId),
  );
  if (!user || !isClerk) refuse("post.unknown");
  const isMore = user.memberships.some(
    ({ role, communityIds }) => role === "admin" || communityIds.some((id) => id !== communityId),
  );
  if (isMore) refuse("auth.forbidden");
  return { reset: await removeFactors(deps, command, user, await deps.store.identities.accountsOf(userId)) };
}
