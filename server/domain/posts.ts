import type { Actor } from "./actor.ts";
import type { Membership, User } from "./user.ts";

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
export const toldPost = (userId: string, name: string, post: Membership): Record<string, unknown> => ({
  userId,
  name,
  role: post.role,
  title: post.title,
  positions: post.positions,
  organization: post.organizationName,
});

/** The user with one post more, which is taken up at once. Null: it is held already. */
export function withPost(user: User, post: Membership): Pick<User, "memberships" | "actingAs"> | null {
  if (user.memberships.some(({ id }) => id === post.id)) return null;
  return { memberships: [...user.memberships, post], actingAs: post.id };
}
