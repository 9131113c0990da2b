import type { EventData } from "../../../../contract/events.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Membership, User } from "../accounts/user.ts";

/** Whoever works at the installation's command line. */
export const operator: Actor = {
  userId: "operator",
  ids: ["operator"],
  name: "运维",
  role: "admin",
  communityIds: [],
  dutyUntil: null,
};

/** What the log tells of a post: whose, which. A post is public, and so is the real name of its holder. */
export const postEventData = (userId: string, name: string, post: Membership): EventData<"role.changed"> => ({
  userId,
  name,
  role: post.role,
  title: post.title,
  positions: post.positions,
  organization: post.organizationName,
  communityIds: post.communityIds,
});

/** A post with what the committee may change of it; null when that changes nothing. */
export function updatePost(
  post: Membership,
  change: Pick<Membership, "title" | "positions" | "dutyPhone">,
): Membership | null {
  const same =
    post.title === change.title &&
    post.dutyPhone === change.dutyPhone &&
    post.positions.join("\n") === change.positions.join("\n");
  return same ? null : { ...post, ...change };
}

/**
 * What is left when a post ends at `now`: another that the person holds, no duty there, no login, and the memory that
 * it ended.
 */
export function removePost(user: User, post: Membership, now: Date): Partial<User> {
  const memberships = user.memberships.filter(({ id }) => id !== post.id);
  const onDutyThere = user.duty && user.duty.communityId === post.communityId && user.duty.until > now;
  return {
    memberships,
    endedPosts: [...user.endedPosts, post.id],
    actingAs: user.actingAs === post.id ? (memberships[0]?.id ?? null) : user.actingAs,
    signedOutAt: now,
    ...(memberships.length ? {} : { devices: [] }),
    ...(onDutyThere && user.duty ? { duty: { ...user.duty, until: now } } : {}),
  };
}

/**
 * The user with one post more, which is taken up at once. Null: it is held already. Throws `invitation.over` for one
 * that was ended: what gave it once does not give it again.
 */
export function addPost(user: User, post: Membership): Pick<User, "memberships" | "actingAs"> | null {
  if (user.memberships.some(({ id }) => id === post.id)) return null;
  if (user.endedPosts.includes(post.id)) refuse("invitation.over");
  return { memberships: [...user.memberships, post], actingAs: post.id };
}
