import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { CheckedLog, Deps } from "../../../deps.ts";

/** Checks the next part of a community's log, after a row that an earlier part has found to hold. Throws `auth.forbidden`. */
export async function verifyLogPart(
  deps: Deps,
  actor: Actor,
  { communityId, after }: { communityId: string; after: number },
): Promise<CheckedLog & { at: Date }> {
  if (actor.role !== "admin" && !actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  return { ...(await deps.checkLog(communityId, after)), at: deps.clock.now() };
}

/** The signed days of a community's log, the oldest first, as a file that is checked without the database. Throws `auth.forbidden`. */
export async function exportAnchors(
  deps: Deps,
  actor: Actor,
  communityId: string,
): Promise<ReturnType<Deps["anchorFile"]>> {
  if (actor.role !== "admin" && !actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  return deps.anchorFile({ [communityId]: await deps.signDays(communityId) });
}
