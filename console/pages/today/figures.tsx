import { WarningOutlined } from "@ant-design/icons";
import { Link } from "react-router";
import type { LogEntry, Request, Status } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import { counted } from "../../components/counted.ts";
import { zh } from "../../i18n/zh.ts";
import { writeFilters } from "../../lib/filters.ts";
import { countByStatus, countByType, countOverdue } from "../../lib/tally.ts";

const t = zh.today;
const openStates = ["queued", "claimed", "handling", "waiting"] as const satisfies readonly Status[];
const dayEvents = [
  ["request.submitted", t.submitted],
  ["request.claimed", t.claimed],
  ["request.resolved", t.resolved],
  ["request.rated", t.rated],
] as const;

interface Props {
  open: Collected<Request>;
  unrated: Collected<Request> | undefined;
  log: Collected<LogEntry> | undefined;
  now: Date;
  /** The selected community, for roles that cover several. */
  communityId: string | null;
}

/** Open requests by state, the overdue ones, and today's events. Each figure links to its list. */
export function Figures({ open, unrated, log, now, communityId }: Props) {
  const states = countByStatus(open.items);
  const types = countByType(log?.items ?? []);
  const overdue = countOverdue(open.items, now);
  const to = (status: Status) =>
    `/requests?${writeFilters({ status, communityId: communityId ?? undefined }).toString()}`;
  return (
    <div className="figure-row">
      <section className="card figure-card" aria-label={t.open}>
        <h2>
          {t.open} <strong className="figures">{counted(open.items.length, open)}</strong>
        </h2>
        <div className="figures-line">
          {openStates.map((status) => (
            <Link key={status} to={to(status)} className="figure">
              <span>{zh.status[status]}</span>
              <b>{counted(states.get(status) ?? 0, open)}</b>
            </Link>
          ))}
          <a href="#due" className={overdue > 0 ? "figure figure-bad" : "figure"} title={t.overdueHint}>
            <span>
              {overdue > 0 && <WarningOutlined aria-hidden />} {t.overdue}
            </span>
            <b>{counted(overdue, open)}</b>
          </a>
          <Link to={to("resolved")} className="figure figure-aside">
            <span>{t.rating}</span>
            <b>{counted(unrated?.items.length ?? 0, unrated)}</b>
          </Link>
        </div>
      </section>
      <section className="card figure-card" aria-label={t.since}>
        <h2>{t.since}</h2>
        <div className="figures-line">
          {dayEvents.map(([type, word]) => (
            <div key={type} className="figure">
              <span>{word}</span>
              <b>{counted(types.get(type) ?? 0, log)}</b>
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}
