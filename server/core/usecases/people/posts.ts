import type { CommandContext } from "../../../kernel/command.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { updatePost, postEventData, removePost } from "../../domain/people/posts.ts";
import type { Membership, User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { endSessions } from "../accounts/end-sessions.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { releaseDepartedStaff } from "./release-departed-staff.ts";

/** A post in a community, its holder, and how many requests the holder has there. */
export interface HeldPost {
  user: User;
  post: Membership;
  openRequests: number;
}

const postsIn = (user: User, communityId: string): Membership[] =>
  user.memberships.filter(({ role, communityIds }) => role !== "supervisor" && communityIds.includes(communityId));

function assertCommittee(actor: Actor, communityId: string): void {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
}

/** All posts in the community with their holders. Throws `auth.forbidden`. */
export async function listPosts(deps: Uses<"store">, actor: Actor, communityId: string): Promise<HeldPost[]> {
  assertCommittee(actor, communityId);
  const [staff, counts] = await Promise.all([
    deps.store.users.staffOf(communityId),
    deps.store.requests.openCounts(communityId),
  ]);
  return staff.flatMap((user) =>
    postsIn(user, communityId).map((post) => ({ user, post, openRequests: counts.get(user.id) ?? 0 })),
  );
}

interface Whose {
  communityId: string;
  userId: string;
  postId: string;
}

const postOf = (user: User, { communityId, postId }: Whose): Membership =>
  postsIn(user, communityId).find(({ id }) => id === postId) ?? refuse("post.unknown");

/** Changes a post's title, positions and duty phone. Throws `auth.forbidden`, `post.unknown`, `write.contended`. */
export async function changePost(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  whose: Whose,
  change: Pick<Membership, "title" | "positions" | "dutyPhone">,
): Promise<HeldPost> {
  assertCommittee(command.actor, whose.communityId);
  const user = await takeUserStep(deps, command, whose.userId, "post.unknown", (before) => {
    const post = postOf(before, whose);
    const after = updatePost(post, change);
    if (!after) return null;
    return {
      type: "role.changed",
      communityId: whose.communityId,
      residentId: null,
      set: { memberships: before.memberships.map((each) => (each.id === post.id ? after : each)) },
      data: postEventData(before.id, before.name ?? "", after),
    };
  });
  const counts = await deps.store.requests.openCounts(whose.communityId);
  return { user, post: postOf(user, whose), openRequests: counts.get(user.id) ?? 0 };
}

/**
 * Ends a post (离岗) at once: every login ends, held requests return to the queue, future shifts are removed. After a
 * crash in between a job does the rest. Throws `auth.forbidden`, `post.unknown`, `post.own`, `write.contended`.
 */
export async function endPost(
  deps: Uses<"clock" | "holidays" | "keys" | "loginsEnded" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  whose: Whose,
  reason: string,
): Promise<{ requests: number; shifts: number }> {
  const { communityId, userId } = whose;
  assertCommittee(command.actor, communityId);
  if (command.actor.ids.includes(userId)) refuse("post.own");
  await takeUserStep(deps, command, userId, "post.unknown", (user, now) => {
    const post = postOf(user, whose);
    return {
      type: "role.ended",
      communityId,
      residentId: null,
      set: removePost(user, post, now),
      data: { ...postEventData(user.id, user.name ?? "", post), reason },
    };
  });
  await endSessions(deps, { userId, ids: [userId] }, () => true);
  await deps.store.calendarFeeds.revoke(userId);
  return releaseDepartedStaff(deps, communityId);
}
