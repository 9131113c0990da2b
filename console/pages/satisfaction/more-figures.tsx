import type { Reply, HandlingCycleSelection } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import type { FigureFilters } from "../../lib/figure-filters.ts";
import { minutesWords, scoreWords } from "../../lib/rates.ts";
import { NumberLink } from "./number-link.tsx";

const t = zh.figures;
const shown: readonly HandlingCycleSelection[] = [
  "opened", "resolved", "solved", "partly", "unsolved", "dissatisfied", "silent", "withdrawn", "rejected",
  "overdueRespond", "overdueResolve", "acceptedElsewhere", "acceptedHere",
]; // prettier-ignore

interface Props {
  total: Reply<"GET /api/figures">["total"];
  filters: FigureFilters;
}

/** Counts, times and mean scores. */
export function MoreFigures({ total, filters }: Props) {
  const { averages, times } = total;
  return (
    <div className="figure-strip card">
      <dl aria-label={t.counts}>
        {shown.map((of) => (
          <div key={of}>
            <dt>{t.of[of]}</dt>
            <dd>
              <NumberLink of={of} n={total.counts[of] ?? 0} filters={filters} />
            </dd>
          </div>
        ))}
      </dl>
      <dl className="figure-times" aria-label={t.times}>
        <div>
          <dt>{t.respondMedian}</dt>
          <dd>
            {minutesWords(times.respondMedian)}
            {times.respondP95 !== null && <small className="muted">{t.p95(minutesWords(times.respondP95))}</small>}
          </dd>
        </div>
        <div>
          <dt>{t.resolveMedian}</dt>
          <dd>
            {minutesWords(times.resolveMedian)}
            {times.resolveP95 !== null && <small className="muted">{t.p95(minutesWords(times.resolveP95))}</small>}
          </dd>
        </div>
        <div>
          <dt>{t.averages}</dt>
          <dd>
            {averages
              ? t.scoresOf(scoreWords(averages.response), scoreWords(averages.attitude), scoreWords(averages.result))
              : t.noScores}
          </dd>
        </div>
      </dl>
    </div>
  );
}
