import type { FiguresRow, HandlingCycle as ShownRound } from "../../../../contract/modules/figures.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { hasRole } from "../../../kernel/actor.ts";
import type { HandlingCycle } from "../domain/handling-cycles.ts";
import { type Tally, percentile, rate, threeRates } from "../domain/three-rates.ts";
import type { FiguresReport, Sum } from "../usecases/read-figures.ts";
import { instant, instantOrNull } from "../../../core/presenters/time.ts";

const MINUTE = 60_000;

const minutes = (ms: number | null): number | null => (ms === null ? null : Math.round((ms / MINUTE) * 10) / 10);
const mean = (sum: number, of: number): number => Math.round((sum / of) * 100) / 100;

/** A sum as a row of figures. */
export function presentSum(sum: Sum): Omit<FiguresRow, "key" | "title"> {
  const { counts, sums, overdue } = sum;
  const { rated } = counts;
  return {
    counts: {
      ...counts,
      overdueRespond: overdue.respond,
      overdueResolve: overdue.resolve,
      acceptedHere: sum.acceptedHere,
    },
    rates: threeRates(sum, overdue),
    averages:
      rated > 0
        ? {
            response: mean(sums.response, rated),
            attitude: mean(sums.attitude, rated),
            result: mean(sums.result, rated),
          }
        : null,
    times: {
      respondMedian: minutes(percentile(sum.respondTimes, 0.5)),
      respondP95: minutes(percentile(sum.respondTimes, 0.95)),
      resolveMedian: minutes(percentile(sum.resolveTimes, 0.5)),
      resolveP95: minutes(percentile(sum.resolveTimes, 0.95)),
    },
  };
}

/**
 * A handler's own figures. Rates and averages of residents' ratings come from `ratings`, all others from the period.
 */
export function presentOwnSum(sum: Sum, ratings: Tally): Omit<FiguresRow, "key" | "title"> {
  const shown = presentSum(sum);
  const { averages, rates, counts } = presentSum({ ...ratings, overdue: sum.overdue, acceptedHere: 0 });
  const { solved, partly, unsolved, satisfied, dissatisfied } = counts;
  return {
    ...shown,
    counts: { ...shown.counts, solved, partly, unsolved, satisfied, dissatisfied },
    rates: { ...shown.rates, resolution: rates.resolution, satisfaction: rates.satisfaction },
    averages,
  };
}

/** 全市通办: the share of services that any counter may accept, and the share of requests that came in that way. */
export const presentAnywhere = (kinds: FiguresReport["kinds"], { counts }: Sum) => ({
  kinds: rate(kinds.anywhere, kinds.all),
  requests: rate(counts.acceptedElsewhere, counts.opened),
});

/** A handling cycle in a list. Only the committee sees its scores. */
export function presentHandlingCycle(
  actor: Actor,
  cycle: HandlingCycle,
  titles: { service: string; cadre: string | null },
): ShownRound {
  const { counts: _counts, day: _day, ended: _ended, acceptedIn: _in, ratedAt: _rated, ...rest } = cycle;
  return {
    ...rest,
    serviceTitle: titles.service,
    cadreName: titles.cadre,
    openedAt: instant(cycle.openedAt),
    respondBy: instantOrNull(cycle.respondBy),
    respondedAt: instantOrNull(cycle.respondedAt),
    resolveBy: instantOrNull(cycle.resolveBy),
    resolvedAt: instantOrNull(cycle.resolvedAt),
    // Only the community that handled it, and admins, see how it was rated.
    outcome: actor.role === "admin" || actor.communityIds.includes(cycle.communityId) ? cycle.outcome : null,
    scores: hasRole(actor, "committee", cycle.communityId) ? cycle.scores : null,
  };
}
