import type { EventData } from "../../../../contract/events.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Membership, User } from "../accounts/user.ts";

/** The actor for commands at the installation's command line. */
export const operator: Actor = {
  userId: "operator",
  ids: ["operator"],
  name: "运维",
  role: "admin",
  communityIds: [],
  dutyUntil: null,
};

/** An event's data about a post: the person and the post. A post is public, and so is the real name of its holder. */
export const postEventData = (userId: string, name: string, post: Membership): EventData<"role.changed"> => ({
  userId,
  name,
  role: post.role,
  title: post.title,
  positions: post.positions,
  organization: post.organizationName,
  communityIds: post.communityIds,
});

/** A post with the committee's changes; null when nothing changes. */
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
 * The changed fields when a post ends at `now`: the post is removed and its id remembered, another post becomes the one
 * in use, a duty there ends, and all logins end.
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
 * The user with one more post, which becomes the one in use. Null when the post is held already. Throws
 * `invitation.over` for a post that was ended: an invitation cannot give it again.
 */
export function addPost(user: User, post: Membership): Pick<User, "memberships" | "actingAs"> | null {
  if (user.memberships.some(({ id }) => id === post.id)) return null;
  if (user.endedPosts.includes(post.id)) refuse("invitation.over");
  return { memberships: [...user.memberships, post], actingAs: post.id };
}
