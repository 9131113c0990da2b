import type { FiguresRow, Round as ShownRound } from "../../../contract/figures.ts";
import type { Actor } from "../../domain/actor.ts";
import { holds } from "../../domain/actor.ts";
import type { Round } from "../../domain/rounds.ts";
import { percentile, rate, threeRates } from "../../domain/three-rates.ts";
import type { FiguresReport, Sum } from "../../usecases/figures/read-figures.ts";
import { instant, instantOrNull } from "./time.ts";

const MINUTE = 60_000;

/** product.md 7: a handler sees own averages once five scores are in, so that no single one can be told. */
const FEWEST_SCORES = 5;

const minutes = (ms: number | null): number | null => (ms === null ? null : Math.round((ms / MINUTE) * 10) / 10);
const mean = (sum: number, of: number): number => Math.round((sum / of) * 100) / 100;

/** A sum as figures. `fewest`: as many scores must be in before averages are shown. */
export function presentSum(sum: Sum, fewest = 1): Omit<FiguresRow, "key" | "title"> {
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
      rated >= fewest
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

/** A handler's own figures: what single scores could be told from is withheld until five are in. */
export function presentOwnSum(sum: Sum): Omit<FiguresRow, "key" | "title"> {
  const shown = presentSum(sum, FEWEST_SCORES);
  if (sum.counts.rated >= FEWEST_SCORES) return shown;
  const none = { part: 0, whole: 0, share: null };
  const hidden = { solved: 0, partly: 0, unsolved: 0, satisfied: 0, dissatisfied: 0 };
  return {
    ...shown,
    counts: { ...shown.counts, ...hidden },
    rates: { ...shown.rates, resolution: none, satisfaction: none },
  };
}

/** 全市通办: how many kinds of request any counter may accept, and how many requests came in that way. */
export const presentAnywhere = (kinds: FiguresReport["kinds"], { counts }: Sum) => ({
  kinds: rate(kinds.anywhere, kinds.all),
  requests: rate(counts.acceptedElsewhere, counts.opened),
});

/** A round in a list. Its scores are for the committee. */
export function presentRound(
  actor: Actor,
  round: Round,
  titles: { service: string; cadre: string | null },
): ShownRound {
  const { counts: _counts, day: _day, ended: _ended, acceptedIn: _in, ...rest } = round;
  return {
    ...rest,
    serviceTitle: titles.service,
    cadreName: titles.cadre,
    openedAt: instant(round.openedAt),
    respondBy: instantOrNull(round.respondBy),
    respondedAt: instantOrNull(round.respondedAt),
    resolveBy: instantOrNull(round.resolveBy),
    resolvedAt: instantOrNull(round.resolvedAt),
    // How it was rated is the business of the community that answered for it.
    outcome: actor.role === "admin" || actor.communityIds.includes(round.communityId) ? round.outcome : null,
    scores: holds(actor, "committee", round.communityId) ? round.scores : null,
  };
}
