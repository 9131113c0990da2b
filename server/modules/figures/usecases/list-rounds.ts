import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Measure, Round } from "../domain/rounds.ts";
import type { Uses } from "../../../core/ports.ts";
import type { RoundsOf } from "../store/rounds.ts";
import { type Period, checkPeriod, communitiesOf } from "./period.ts";

export interface RoundsQuery extends Period {
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** Null: held by nobody. */
  cadreId?: string | null | undefined;
  of: Measure | "overdueRespond" | "overdueResolve" | "acceptedHere";
  limit: number;
  cursor?: string | undefined;
}

/** The rounds behind a figure, newest first: as many as the figure says. Throws `auth.forbidden`, `figures.period_invalid`. */
export async function listRounds(
  deps: Uses<"clock" | "store">,
  actor: Actor,
  query: RoundsQuery,
): Promise<Page<Round>> {
  checkPeriod(query);
  const communityIds = await communitiesOf(deps, actor, query.communityId);
  const { of, limit, cursor } = query;
  const now = deps.clock.now();
  return deps.store.rounds.list({ ...query, communityIds }, wanted(of, now), limit, cursor);
}

function wanted(of: RoundsQuery["of"], now: Date): RoundsOf {
  if (of === "acceptedHere") return { acceptedHere: true };
  if (of === "overdueRespond") return { overdue: "respond", now };
  return of === "overdueResolve" ? { overdue: "resolve", now } : { measure: of };
}
