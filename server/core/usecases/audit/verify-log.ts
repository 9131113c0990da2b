import type { CheckedLog } from "../../../log/service-log.ts";
import type { AnchorFile } from "../../../log/anchor-file.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";

/**
 * Checks the next part of a community's log, after a row that an earlier part has verified. Throws `auth.forbidden`.
 */
export async function verifyLogPart(
  deps: Uses<"clock" | "serviceLog">,
  actor: Actor,
  { communityId, after }: { communityId: string; after: number },
): Promise<CheckedLog & { at: Date }> {
  if (actor.role !== "admin" && !actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  return { ...(await deps.serviceLog.check(communityId, after)), at: deps.clock.now() };
}

/**
 * The signed days of a community's log, oldest first, as a file that can be verified without the database. Throws
 * `auth.forbidden`.
 */
export async function exportAnchors(deps: Uses<"serviceLog">, actor: Actor, communityId: string): Promise<AnchorFile> {
  if (actor.role !== "admin" && !actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  return deps.serviceLog.anchorFile({ [communityId]: await deps.serviceLog.signDays(communityId) });
}
