import type { Post } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { isOnDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { HeldPost } from "../../usecases/people/posts.ts";
import { instantOrNull } from "../time.ts";

/** A post and its holder, for the committee. */
export function presentHeldPost(
  deps: Uses<"clock">,
  actor: Actor,
  communityId: string,
  { user, post, openRequests }: HeldPost,
): Post {
  const there = post.role === "cadre" && user.duty && isOnDuty(user, communityId, deps.clock.now());
  return {
    userId: user.id,
    postId: post.id,
    name: user.name ?? "",
    role: post.role as Post["role"],
    title: post.title,
    positions: [...post.positions],
    dutyPhone: post.dutyPhone,
    organizationName: post.organizationName,
    onDutyUntil: instantOrNull(there && user.duty ? user.duty.until : null),
    openRequests: post.role === "cadre" ? openRequests : 0,
    mine: actor.ids.includes(user.id),
  };
}
