import { Link } from "react-router";
import type { Input } from "../../../contract/index.ts";
import { usePages } from "../../api/use-pages.ts";
import { WhenLoaded } from "../../components/states.tsx";
import { TableHead } from "../../components/table-head.tsx";
import { figures } from "../../i18n/zh-figures.ts";
import { report as t } from "../../i18n/zh-report.ts";
import { zh } from "../../i18n/zh.ts";
import { exactTime } from "../../lib/time.ts";

const short = (at: string | null): string => (at === null ? zh.common.none : exactTime(new Date(at)).slice(5, 16));

/** What residents say was not solved, each with who had it. */
export function Unsolved({ query }: { query: Omit<Input<"GET /api/rounds">["query"], "of"> }) {
  const rounds = usePages("GET /api/rounds", { ...query, of: "unsolved" });
  return (
    <section>
      <h3>{t.unsolved}</h3>
      <WhenLoaded loaded={rounds}>
        {({ items, more }) =>
          items.length === 0 ? (
            <p className="muted">{t.unsolvedNone}</p>
          ) : (
            <>
              <p className="muted">{t.unsolvedLead}</p>
              <table>
                <TableHead heads={t.unsolvedHeads} />
                <tbody>
                  {items.map((round) => (
                    <tr key={round.id}>
                      <th scope="row" className="code">
                        <Link to={`/requests/${round.requestId}`} state={{ back: true }}>
                          {round.requestNo}
                        </Link>
                      </th>
                      <td className="nowrap">{figures.rounds.try(round.number)}</td>
                      <td>{round.serviceTitle}</td>
                      <td>{round.building}</td>
                      <td>{round.cadreName ?? figures.nobody}</td>
                      <td className="figures nowrap">{short(round.openedAt)}</td>
                      <td className="figures nowrap">{short(round.resolvedAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {more && <p className="muted">{t.more}</p>}
            </>
          )
        }
      </WhenLoaded>
    </section>
  );
}
