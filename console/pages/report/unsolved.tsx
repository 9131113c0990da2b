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

/** Handling cycles that residents rated as not solved, with their handlers. */
export function Unsolved({ query }: { query: Omit<Input<"GET /api/handling-cycles">["query"], "of"> }) {
  const cycles = usePages("GET /api/handling-cycles", { ...query, of: "unsolved" });
  return (
    <section>
      <h3>{t.unsolved}</h3>
      <WhenLoaded loaded={cycles}>
        {({ items, more }) =>
          items.length === 0 ? (
            <p className="muted">{t.unsolvedNone}</p>
          ) : (
            <>
              <p className="muted">{t.unsolvedLead}</p>
              <table>
                <TableHead heads={t.unsolvedHeads} />
                <tbody>
                  {items.map((cycle) => (
                    <tr key={cycle.id}>
                      <th scope="row" className="code">
                        <Link to={`/requests/${cycle.requestId}`} state={{ back: true }}>
                          {cycle.requestNo}
                        </Link>
                      </th>
                      <td className="nowrap">{figures.handlingCycles.try(cycle.number)}</td>
                      <td>{cycle.serviceTitle}</td>
                      <td>{cycle.building}</td>
                      <td>{cycle.cadreName ?? figures.nobody}</td>
                      <td className="figures nowrap">{short(cycle.openedAt)}</td>
                      <td className="figures nowrap">{short(cycle.resolvedAt)}</td>
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
