import { ArrowLeftOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { usePages } from "../../api/use-pages.ts";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { ChoiceFilter } from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { figuresQuery, listsOf, readFigureFilters } from "../../lib/figure-filters.ts";
import { writeFilters } from "../../lib/filters.ts";
import { periodOf } from "../../lib/period.ts";
import { dayOf } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { useNow } from "../../lib/use-now.ts";
import { FigureFields } from "./figure-fields.tsx";
import { handlingCycleColumns } from "./handling-cycle-columns.tsx";

const t = zh.figures;
const lists = listsOf.map((value) => ({ value, label: t.of[value] }));

/** The handling cycles behind one figure, as many as the figure says. Each links to its request. */
export function HandlingCyclesPage() {
  const { filters, change } = useFilters(readFigureFilters);
  const { spans, communityId } = useCatalogue();
  const navigate = useNavigate();
  const today = dayOf(useNow());
  const of = filters.of ?? "opened";
  const { by: _by, ...query } = useMemo(() => figuresQuery(filters, "month", today), [filters, today]);
  const rows = usePages("GET /api/handling-cycles", { ...query, of });
  const figures = useQuery("GET /api/figures", { query });
  const columns = useMemo(() => handlingCycleColumns(spans && communityId === null), [spans, communityId]);
  const total = figures.data?.total.counts[of];
  return (
    <Page
      title={t.handlingCycles.title}
      fresh={rows}
      actions={
        <Link
          className="ant-btn"
          to={`/satisfaction?${writeFilters({ ...filters, ...periodOf(filters, today), of: undefined }).toString()}`}
        >
          <ArrowLeftOutlined aria-hidden /> {t.handlingCycles.back}
        </Link>
      }
      filters={
        <>
          <ChoiceFilter
            label={t.handlingCycles.of}
            value={of}
            options={lists}
            onChange={(next) => change({ of: listsOf.find((one) => one === next) })}
          />
          <FigureFields filters={filters} today={today} change={change} />
        </>
      }
    >
      {total !== undefined && (
        <p className="as-of">
          <strong className="figures">{t.handlingCycles.total(t.of[of], total)}</strong>
        </p>
      )}
      <DataTable
        label={t.handlingCycles.table}
        rows={rows}
        columns={columns}
        rowKey={(cycle) => cycle.id}
        onOpen={({ requestId }) => void navigate(`/requests/${requestId}`, { state: { back: true } })}
        empty={<Nothing title={t.handlingCycles.none} hint={t.noneHint} />}
      />
    </Page>
  );
}
