import { useMemo } from "react";
import { POLL_MS } from "../../api/poll.ts";
import { useRows } from "../../api/use-pages.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { CommunityFilter } from "../../components/filter-fields.tsx";
import { ReportCharts } from "../../charts/report-charts.tsx";
import { Page } from "../../components/page.tsx";
import { StaleNote, WhenLoaded } from "../../components/states.tsx";
import { charts } from "../../i18n/zh-charts.ts";
import { zh } from "../../i18n/zh.ts";
import { readRequestFilters } from "../../lib/filters.ts";
import { presetPeriod } from "../../lib/period.ts";
import { dayOf, startOfDay } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { useNow } from "../../lib/use-now.ts";
import { DueSoon } from "./due-soon.tsx";
import { DutyNow } from "./duty-now.tsx";
import { Figures } from "./figures.tsx";
import { OffersNow } from "./offers-now.tsx";
import { Recent } from "./recent.tsx";

/** Figures are counted from rows. Beyond this many rows they are shown as “1000+”. */
const MAX_COUNTED_ROWS = 1000;

/** The overview of now: open requests, overdue ones, cadres on duty, recent events. */
export function TodayPage() {
  const { filters, change } = useFilters(readRequestFilters);
  const { communityId, spans } = useCatalogue();
  const now = useNow();
  const today = startOfDay(now).toISOString();
  const day = dayOf(now);
  const month = useMemo(() => presetPeriod("days30", day), [day]);
  const where = communityId ? { communityId } : {};
  const poll = { pollMs: POLL_MS };

  const open = useRows("GET /api/requests", { ...where, scope: "community", open: "true" }, MAX_COUNTED_ROWS, poll);
  const unrated = useRows(
    "GET /api/requests",
    { ...where, scope: "community", status: "resolved" },
    MAX_COUNTED_ROWS,
    poll,
  );
  const log = useRows("GET /api/log", { ...where, from: today, order: "desc" }, MAX_COUNTED_ROWS, poll);

  return (
    <Page
      title={zh.today.title}
      fresh={open}
      scrolls
      filters={
        spans && <CommunityFilter value={filters.communityId} onChange={(next) => change({ communityId: next })} />
      }
    >
      <WhenLoaded loaded={open}>
        {(requests) => (
          <>
            <StaleNote loaded={log} />
            <Figures
              open={requests}
              unrated={unrated.data}
              log={log.data}
              now={now}
              communityId={spans ? communityId : null}
            />
            <div className="today">
              <DueSoon open={requests} now={now} />
              <div className="today-side">
                <DutyNow />
                <OffersNow open={requests} now={now} />
                <Recent log={log} />
              </div>
            </div>
            <h2 className="charts-title">{charts.title}</h2>
            <ReportCharts period={month} communityId={communityId} />
          </>
        )}
      </WhenLoaded>
    </Page>
  );
}
