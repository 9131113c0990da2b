import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { Page } from "../../components/page.tsx";
import { WhenLoaded } from "../../components/states.tsx";
import { report } from "../../i18n/zh-report.ts";
import { zh } from "../../i18n/zh.ts";
import { type By, figuresQuery, readFigureFilters } from "../../lib/figure-filters.ts";
import { periodOf } from "../../lib/period.ts";
import { dayOf, exactTime } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { useNow } from "../../lib/use-now.ts";
import { Breakdown } from "./breakdown.tsx";
import { FigureFields } from "./figure-fields.tsx";
import { MoreFigures } from "./more-figures.tsx";
import { RateCards } from "./rate-cards.tsx";

const t = zh.figures;
/** Figures are polled less often than lists, because each step of any request changes them. */
const POLL_MS = 60_000;

/** 满意度: the three rates and their parts, in total and by service, cadre, day or month. */
export function SatisfactionPage() {
  const { filters, change } = useFilters(readFigureFilters);
  const { spans, communityId } = useCatalogue();
  const navigate = useNavigate();
  const today = dayOf(useNow());
  const period = useMemo(() => periodOf(filters, today), [filters, today]);
  const several = spans && communityId === null;
  const bys: By[] = [...(several ? (["community"] as const) : []), "service", "cadre", "day", "month"];
  const by = bys.find((one) => one === filters.by) ?? (several ? "community" : "service");
  const loaded = useQuery("GET /api/figures", { query: figuresQuery(filters, by, today) }, { pollMs: POLL_MS });
  const reportAt = `/report${communityId && spans ? `?communityId=${communityId}` : ""}`;
  const listed = { ...filters, ...period };
  return (
    <Page
      title={t.title}
      fresh={loaded}
      scrolls
      actions={
        <Button
          icon={<PrinterOutlined aria-hidden />}
          href={`/console${reportAt}`}
          onClick={(event) => {
            event.preventDefault();
            void navigate(reportAt);
          }}
        >
          {report.open}
        </Button>
      }
      filters={<FigureFields filters={filters} today={today} change={change} />}
    >
      <WhenLoaded loaded={loaded}>
        {({ asOf, total, rows }) => (
          <>
            <p className="muted figures as-of">
              {t.asOf(exactTime(new Date(asOf)).slice(0, 16))} · {t.basis(period.from, period.to)}
            </p>
            <RateCards total={total} filters={listed} />
            <MoreFigures total={total} filters={listed} />
            <Breakdown
              rows={rows}
              filters={listed}
              period={period}
              by={by}
              bys={bys}
              onBy={(next) => change({ by: next })}
            />
          </>
        )}
      </WhenLoaded>
    </Page>
  );
}
