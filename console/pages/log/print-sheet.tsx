import { App } from "antd";
import { useEffect, useState } from "react";
import type { LogEntry } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import { toApiError } from "../../api/error.ts";
import { useMe } from "../../api/me.tsx";
import type { Pages } from "../../api/use-pages.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { membershipWords } from "../../components/person-menu.tsx";
import { zh } from "../../i18n/zh.ts";
import { actorWords, eventTypeWord, eventWords } from "../../lib/event-words.ts";
import type { LogFilters } from "../../lib/filters.ts";
import { exactTime } from "../../lib/time.ts";
import { wallClockWords } from "../../lib/wall-clock.ts";
import { shortSeal } from "./columns.tsx";

/** The most rows of a print, which are about 60 pages. */
const MAX_PRINTED_ROWS = 2000;
const t = zh.log;
const name = t.columns;

/** The filters of the printed rows. */
interface Asked {
  filters: LogFilters;
  requestNo: string | undefined;
}

/**
 * Reads all rows that match the filters, then prints them. The print states these filters even when others were chosen
 * while the rows were read.
 */
export function usePrint(
  pages: Pages<LogEntry>,
  asked: Asked,
): {
  sheet: (Asked & { rows: Collected<LogEntry> }) | null;
  busy: boolean;
  start: () => Promise<void>;
} {
  const { message } = App.useApp();
  const [sheet, setSheet] = useState<ReturnType<typeof usePrint>["sheet"]>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!sheet) return undefined;
    const done = () => setSheet(null);
    window.addEventListener("afterprint", done);
    window.print();
    return () => window.removeEventListener("afterprint", done);
  }, [sheet]);

  const start = async () => {
    setBusy(true);
    try {
      setSheet({ ...asked, rows: await pages.readAll(MAX_PRINTED_ROWS) });
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return { sheet, busy, start };
}

interface Props extends Asked {
  rows: Collected<LogEntry>;
}

/** The log on paper: community, filters, time of printing, and every row in full. Hidden on screen. */
export function PrintSheet({ rows, filters, requestNo }: Props) {
  const me = useMe();
  const { services, cadres } = useCatalogue();
  const membership = me.memberships.find(({ id }) => id === me.actingAs.membershipId);
  const titles = new Map(services.map(({ serviceCode, title }) => [serviceCode, title]));
  const asked = [
    filters.q && t.printedFilters.q(filters.q),
    requestNo && t.printedFilters.request(requestNo),
    filters.cadreId && t.printedFilters.cadre(cadres.find(({ id }) => id === filters.cadreId)?.name ?? filters.cadreId),
    filters.serviceCode && t.printedFilters.service(titles.get(filters.serviceCode) ?? filters.serviceCode),
    filters.type && t.printedFilters.type(eventTypeWord(filters.type)),
    filters.from && t.printedFilters.from(wallClockWords(filters.from)),
    filters.to && t.printedFilters.to(wallClockWords(filters.to)),
  ].filter(Boolean);
  return (
    <section className="print-sheet" aria-hidden="true">
      <h1>{t.title}</h1>
      <p>
        {[
          membership && membershipWords(membership),
          asked.join("，") || t.everything,
          zh.common.shown(rows.items.length, rows.more),
        ]
          .filter(Boolean)
          .join(" ｜ ")}
      </p>
      <p>
        {me.name} {t.printedAt(exactTime(new Date()))}
      </p>
      {rows.more && <p>{t.printPart(rows.items.length)}</p>}
      <table>
        <thead>
          <tr>
            {[name.pos, name.at, name.type, name.no, name.service, name.actor, name.what, name.seal].map((title) => (
              <th key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.items.map((entry) => {
            const { sentence, words } = eventWords(entry);
            return (
              <tr key={entry.id}>
                <td className="figures">{entry.pos}</td>
                <td className="figures nowrap">{exactTime(new Date(entry.at))}</td>
                <td>{eventTypeWord(entry.type)}</td>
                <td className="nowrap">{entry.requestNo}</td>
                <td>{entry.serviceCode && (titles.get(entry.serviceCode) ?? entry.serviceCode)}</td>
                <td>{actorWords(entry.actor)}</td>
                <td>{words ? `${sentence}：${words}` : sentence}</td>
                <td className="code">{shortSeal(entry.seal)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
