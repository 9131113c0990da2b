import { type Actor, hasRole } from "../../../kernel/actor.ts";
import type { ReplyTemplate } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertSeen, revisionOf } from "../../../kernel/revision.ts";
import type { Uses } from "../../ports.ts";

/** The community's reply templates. Throws `auth.forbidden` for staff of other communities, `community.unknown`. */
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

/**
 * Replaces them all; `seen`: the revision that was read. They are a convenience, no record: the log has no row of it.
 * Throws `auth.forbidden`, `community.unknown`, `edit.outdated`.
 */
export async function setTemplates(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string,
  templates: readonly ReplyTemplate[],
  seen: string,
): Promise<readonly ReplyTemplate[]> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const { value } = (await deps.store.communities.load(communityId)) ?? refuse("community.unknown");
  const before = value.templates;
  if (revisionOf(before ?? []) === revisionOf(templates)) return templates;
  assertSeen(seen, before ?? []);
  if (!(await deps.store.communities.replaceTemplates(communityId, before, templates))) refuse("edit.outdated");
  return templates;
}
