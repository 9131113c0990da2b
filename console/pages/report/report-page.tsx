import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useMemo, useRef } from "react";
import { useMe } from "../../api/me.tsx";
import { useQuery } from "../../api/use-query.ts";
import { ReportCharts } from "../../charts/report-charts.tsx";
import { useCatalogue } from "../../components/catalogue.tsx";
import { CommunityFilter } from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { WhenLoaded } from "../../components/states.tsx";
import { figures } from "../../i18n/zh-figures.ts";
import { report as t } from "../../i18n/zh-report.ts";
import { matching } from "../../lib/address.ts";
import { lastMonth, monthPeriod } from "../../lib/period.ts";
import { dayOf, exactTime } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { useNow } from "../../lib/use-now.ts";
import { PaperActions } from "../../paper/paper-actions.tsx";
import { Callbacks, CountsList, Places, RatesTable, SideBySide, Slowest } from "./parts.tsx";
import { Unsolved } from "./unsolved.tsx";

interface Filters {
  month?: string | undefined;
  communityId?: string | undefined;
}

const readReportFilters = (params: URLSearchParams): Filters => ({
  month: matching(params.get("month"), /^\d{4}-(0[1-9]|1[0-2])$/),
  communityId: matching(params.get("communityId"), /^[a-z][a-z0-9-]{1,39}$/),
});

/** 月报: the report of one month, for printing. Without a month in the address it is the last complete month. */
export function ReportPage() {
  const { filters, change } = useFilters(readReportFilters);
  const { spans, communityId, communities } = useCatalogue();
  const me = useMe();
  const article = useRef<HTMLElement>(null);
  const today = dayOf(useNow());
  const month = filters.month ?? lastMonth(today);
  const period = useMemo(() => monthPeriod(month), [month]);
  const where = communityId ? { communityId } : {};
  // `forget` clears the old figures when the month changes, so that no figures stand under the wrong heading.
  const services = useQuery("GET /api/figures", { query: { ...period, ...where, by: "service" } }, { forget: true });
  const callbacks = useQuery("GET /api/figures/callbacks", { query: { ...period, ...where } }, { forget: true });
  const several = spans && communityId === null;
  const sides = useQuery("GET /api/figures", several ? { query: { ...period, by: "community" } } : null, {
    forget: true,
  });
  const own = me.memberships.find(({ id }) => id === me.actingAs.membershipId)?.communityName;
  const who = several ? t.all : (communities.find(({ id }) => id === communityId)?.name ?? own ?? "");
  return (
    <Page
      title={t.title}
      fresh={services}
      scrolls
      actions={
        services.data && <PaperActions article={article} title={t.heading(who, month.slice(0, 4), month.slice(5))} />
      }
      filters={
        <>
          <DatePicker
            picker="month"
            aria-label={t.month}
            value={dayjs(`${month}-01`)}
            allowClear={false}
            onChange={(day) => day && change({ month: day.format("YYYY-MM") })}
          />
          <CommunityFilter value={filters.communityId} onChange={(next) => change({ communityId: next })} />
        </>
      }
    >
      <WhenLoaded loaded={services}>
        {({ asOf, total, rows, buildings }) => (
          <article className="report" ref={article}>
            <header>
              <h2>{t.heading(who, month.slice(0, 4), month.slice(5))}</h2>
              <p className="muted">
                {figures.asOf(exactTime(new Date(asOf)).slice(0, 16))} · {figures.basis(period.from, period.to)}
              </p>
            </header>
            <RatesTable total={total} />
            <CountsList total={total} />
            {several && sides.data && <SideBySide rows={sides.data.rows} month={month} />}
            <ReportCharts period={period} communityId={communityId} />
            <Slowest rows={rows} />
            <Places buildings={buildings} />
            {callbacks.data && <Callbacks counts={callbacks.data} />}
            <Unsolved query={{ ...period, ...where }} />
          </article>
        )}
      </WhenLoaded>
    </Page>
  );
}
