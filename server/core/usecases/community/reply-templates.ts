import { type Actor, hasRole } from "../../../kernel/actor.ts";
import type { ReplyTemplate } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";

/** The phrases that a community offers its staff. Throws `auth.forbidden` for staff of another. */
export async function readTemplates(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string,
): Promise<readonly ReplyTemplate[]> {
  if (!actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  const community = await deps.store.communities.find(communityId);
  if (!community) refuse("community.unknown");
  return community.templates ?? [];
}

/** Replaces them all. They are a convenience, no record: the log has no row of it. Throws `auth.forbidden`. */
export async function setTemplates(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string,
  templates: readonly ReplyTemplate[],
): Promise<readonly ReplyTemplate[]> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  await deps.store.communities.setTemplates(communityId, templates);
  return templates;
}
