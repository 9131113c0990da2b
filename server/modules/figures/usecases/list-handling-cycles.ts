import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Measure, HandlingCycle } from "../domain/handling-cycles.ts";
import type { UsesFigures } from "../ports.ts";
import type { HandlingCycleSelection } from "../store/handling-cycles.ts";
import { type Period, checkPeriod, communitiesOf } from "./period.ts";

export interface HandlingCyclesQuery extends Period {
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** Null: those without a handler. */
  cadreId?: string | null | undefined;
  of: Measure | "overdueRespond" | "overdueResolve" | "acceptedHere";
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page of the handling cycles that a figure counts, newest first. Their number equals the figure. Throws
 * `auth.forbidden`, `figures.period_invalid`.
 */
export async function listHandlingCycles(
  deps: UsesFigures<"clock" | "store">,
  actor: Actor,
  query: HandlingCyclesQuery,
): Promise<Page<HandlingCycle>> {
  checkPeriod(query);
  const communityIds = await communitiesOf(deps, actor, query.communityId);
  const { of, limit, cursor } = query;
  const now = deps.clock.now();
  return deps.handlingCycles.list({ ...query, communityIds }, wanted(of, now), limit, cursor);
}

function wanted(of: HandlingCyclesQuery["of"], now: Date): HandlingCycleSelection {
  if (of === "acceptedHere") return { acceptedHere: true };
  if (of === "overdueRespond") return { overdue: "respond", now };
  return of === "overdueResolve" ? { overdue: "resolve", now } : { measure: of };
}
