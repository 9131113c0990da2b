import type { RosterWeek } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.roster;
const counts = ["evenings", "nights", "weekends", "holidays"] as const;
const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10);

/** Working hours of each cadre this week and in four weeks, and the positions that fewer than two cadres cover. */
export function FairnessCard({ week }: { week: RosterWeek }) {
  const most = Math.max(1, ...week.cadres.map(({ recent }) => recent.minutes));
  const weak = week.positions.filter(({ cadreIds }) => cadreIds.length < 2);
  const nameOf = (id: string | undefined): string => week.cadres.find((cadre) => cadre.id === id)?.name ?? "";
  const alone = week.alone.reduce((sum, [from, to]) => sum + to - from, 0);
  return (
    <>
      <section className="card" aria-label={t.fairness}>
        <h2>
          {t.fairness} <small className="muted">{t.fairnessHint}</small>
        </h2>
        <table className="roster-fair figures">
          <thead>
            <tr>
              <th scope="col">{t.cadre}</th>
              <th scope="col">{t.load.hours}</th>
              {counts.map((key) => (
                <th key={key} scope="col">
                  {t.load[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {week.cadres.map(({ id, name, week: own, recent }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>
                  {hours(own.minutes)} / {hours(recent.minutes)}
                  <span className="roster-bar" style={{ width: `${(recent.minutes / most) * 100}%` }} aria-hidden />
                </td>
                {counts.map((key) => (
                  <td key={key}>
                    {own[key]} / {recent[key]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card" aria-label={t.positions}>
        <h2>{t.positions}</h2>
        {weak.length === 0 && <p className="muted">{t.positionsFine}</p>}
        <ul>
          {weak.map(({ position, cadreIds }) => (
            <li key={position} className={cadreIds.length === 0 ? "bad" : ""}>
              {cadreIds.length === 0 ? t.positionNobody(position) : t.positionOne(position, nameOf(cadreIds[0]))}
            </li>
          ))}
        </ul>
        {alone > 0 && <p className="muted">{t.aloneHours(hours(alone))}</p>}
      </section>
    </>
  );
}
