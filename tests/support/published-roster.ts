import { type User, toActor } from "../../server/core/domain/accounts/user.ts";
import type { Deps } from "../../server/deps.ts";
import { savePattern } from "../../server/core/usecases/roster/edit-plan.ts";
import { nameBackups, publishWeek } from "../../server/core/usecases/roster/edit-week.ts";
import { aPattern, monday } from "./roster.ts";

/**
 * Publishes the week of {@link monday} in `east`: evening shifts from 17:30 to 21:00 in turns, and a backup for the
 * rest.
 */
export async function publishRoster(
  deps: Deps,
  clerk: User,
  cadreIds: readonly string[],
  backupId: string,
): Promise<void> {
  const asking = { actor: toActor(clerk), idempotency: null };
  await savePattern(deps, asking, "east", aPattern({ turn: "daily", cadreIds, from: monday }));
  await nameBackups(deps, asking, "east", monday, [{ from: 0, to: 10_080, cadreId: backupId }]);
  await publishWeek(deps, asking, "east", monday);
}
