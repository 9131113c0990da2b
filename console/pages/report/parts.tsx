import { Link } from "react-router";
import type { FiguresRow, Reply, HandlingCycleSelection } from "../../../contract/index.ts";
import { figures } from "../../i18n/zh-figures.ts";
import { report as t } from "../../i18n/zh-report.ts";
import { minutesWords, percent, rateNames } from "../../lib/rates.ts";

type Report = Reply<"GET /api/figures">;

const SLOWEST = 8;
const counted: readonly HandlingCycleSelection[] = [
  "opened", "responded", "resolved", "rated", "solved", "partly", "unsolved", "silent", "withdrawn", "rejected",
  "overdueRespond", "overdueResolve",
]; // prettier-ignore

/** The rates with their numerators, denominators and formulas. */
export function RatesTable({ total }: { total: Report["total"] }) {
  return (
    <section>
      <h3>{t.rates}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.rate.name}</th>
            <th scope="col" className="number">
              {t.rate.share}
            </th>
            <th scope="col" className="number">
              {t.rate.made}
            </th>
            <th scope="col">{t.rate.formula}</th>
          </tr>
        </thead>
        <tbody>
          {rateNames.map((name) => (
            <tr key={name}>
              <th scope="row" className="nowrap">
                {figures.rates[name].name}
              </th>
              <td className="number strong">{percent(total.rates[name].share)}</td>
              <td className="number nowrap">
                {total.rates[name].part} / {total.rates[name].whole}
              </td>
              <td>{figures.rates[name].formula}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Counts of the month. */
export function CountsList({ total }: { total: Report["total"] }) {
  return (
    <section>
      <h3>{t.counts}</h3>
      <dl className="report-counts">
        {counted.map((of) => (
          <div key={of}>
            <dt>{figures.of[of]}</dt>
            <dd className="figures">{total.counts[of] ?? 0}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Callbacks of the month by result. Pending ones link to their list. */
export function Callbacks({ counts }: { counts: Reply<"GET /api/figures/callbacks"> }) {
  const { answers, late, waiting } = counts;
  const lines = { ...answers, late };
  return (
    <section>
      <h3>{t.callbacks}</h3>
      <p className="muted">{t.callbacksLead}</p>
      <dl className="report-counts">
        {(["satisfied", "unsatisfied", "unreached", "late"] as const).map((of) => (
          <div key={of}>
            <dt>{t.callback[of]}</dt>
            <dd className="figures">{lines[of]}</dd>
          </div>
        ))}
        <div>
          <dt>{t.callback.waiting}</dt>
          <dd className="figures">{waiting === 0 ? 0 : <Link to="/requests?attention=callback">{waiting}</Link>}</dd>
        </div>
      </dl>
    </section>
  );
}

/** A supervisor's communities side by side. Each links to its own report. */
export function SideBySide({ rows, month }: { rows: readonly FiguresRow[]; month: string }) {
  return (
    <section>
      <h3>{t.sideBySide}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.community}</th>
            <th scope="col" className="number">
              {figures.of.opened}
            </th>
            {rateNames.map((name) => (
              <th key={name} scope="col" className="number">
                {figures.short[name]}
              </th>
            ))}
            <th scope="col" className="number">
              {figures.respondMedian}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <Link to={`/report?communityId=${row.key}&month=${month}`}>{row.title}</Link>
              </th>
              <td className="number">{row.counts.opened}</td>
              {rateNames.map((name) => (
                <td key={name} className="number">
                  {percent(row.rates[name].share)}
                </td>
              ))}
              <td className="number">{minutesWords(row.times.respondMedian)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The services with the longest median time to resolution. */
export function Slowest({ rows }: { rows: readonly FiguresRow[] }) {
  const slow = rows
    .filter(({ times }) => times.resolveMedian !== null)
    .toSorted((a, b) => (b.times.resolveMedian ?? 0) - (a.times.resolveMedian ?? 0))
    .slice(0, SLOWEST);
  const [title, ...heads] = t.slowHeads;
  return (
    <section>
      <h3>{t.slow}</h3>
      {slow.length === 0 ? (
        <p className="muted">{t.slowNone}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {slow.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.title}</th>
                <td className="number">{row.counts.resolved}</td>
                <td className="number">{minutesWords(row.times.resolveMedian)}</td>
                <td className="number">{minutesWords(row.times.resolveP95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Requests by building. */
export function Places({ buildings }: { buildings: Report["buildings"] }) {
  return (
    <section>
      <h3>{t.places}</h3>
      {buildings.length === 0 ? (
        <p className="muted">{t.placesNone}</p>
      ) : (
        <dl className="report-counts">
          {buildings.map(({ building, opened }) => (
            <div key={building}>
              <dt>{building}</dt>
              <dd className="figures">{opened}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
