import { Link } from "react-router";
import type { LogEntry } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import type { Loaded } from "../../api/use-loaded.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { actorWords, eventWords } from "../../lib/event-words.ts";

const SHOWN = 8;

/** The newest rows of the log in sentences. */
export function Recent({ log }: { log: Loaded<Collected<LogEntry>> }) {
  return (
    <section className="card" aria-label={zh.today.recentTitle}>
      <h2>
        {zh.today.recentTitle}
        <Link to="/log" className="more">
          {zh.today.all}
        </Link>
      </h2>
      <WhenLoaded loaded={{ ...log, error: log.data === undefined ? log.error : null }}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={zh.today.recentNone} />
          ) : (
            <ul className="recent">
              {items.slice(0, SHOWN).map((entry) => (
                <li key={entry.id}>
                  <span>
                    {actorWords(entry.actor)} {eventWords(entry).sentence}
                    {entry.requestId && (
                      <Link className="code" to={`/requests/${entry.requestId}?open=true`} state={{ back: true }}>
                        {entry.requestNo}
                      </Link>
                    )}
                  </span>
                  <span className="muted figures nowrap">
                    <Time value={entry.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </section>
  );
}
