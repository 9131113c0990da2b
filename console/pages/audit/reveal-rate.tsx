import type { Reply } from "../../../contract/index.ts";
import { useQuery } from "../../api/use-query.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.audit;
const POLL_MS = 60_000;

/** How often each person has revealed personal data recently, to make bulk copying visible. */
export function RevealRate({ communityId }: { communityId: string | undefined }) {
  const rate = useQuery("GET /api/reveals/rate", { query: communityId ? { communityId } : {} }, { pollMs: POLL_MS });
  return rate.data ? <Rate rate={rate.data} /> : null;
}

function Rate({ rate: { people, mostPerHour } }: { rate: Reply<"GET /api/reveals/rate"> }) {
  return (
    <section className="card reveal-rate" aria-label={t.rate}>
      <h2>
        {t.rate} <small className="muted">{t.rateHint(mostPerHour)}</small>
      </h2>
      {people.length === 0 ? (
        <p className="muted">{t.rateNone}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.rateColumns.who}</th>
              <th scope="col">{t.rateColumns.hour}</th>
              <th scope="col">{t.rateColumns.day}</th>
              <th scope="col">{t.rateColumns.busiest}</th>
            </tr>
          </thead>
          <tbody className="figures">
            {people.map(({ id, name, role, lastHour, lastDay, busiestHour }) => (
              <tr key={id} className={busiestHour >= mostPerHour ? "bad" : ""}>
                <th scope="row">
                  {zh.role[role]} {name}
                </th>
                <td>{t.times(lastHour)}</td>
                <td>{t.times(lastDay)}</td>
                <td>{t.times(busiestHour)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
