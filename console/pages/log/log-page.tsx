import { PrinterOutlined } from "@ant-design/icons";
import { App, Button, Segmented } from "antd";
import { useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { usePages } from "../../api/use-pages.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { DataTable } from "../../components/data-table.tsx";
import {
  CadreFilter,
  ChoiceFilter,
  CommunityFilter,
  ServiceFilter,
  SpanFilter,
} from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { type LogFilters, logQuery, readLogFilters } from "../../lib/filters.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { ExportButton } from "../exports/export-button.tsx";
import { findRequest } from "./find-request.ts";
import { logColumns } from "./columns.tsx";
import { ViewsButton, useHiddenColumns } from "./views-button.tsx";
import { VerifyButton } from "./verify-button.tsx";
import { PrintSheet, usePrint } from "./print-sheet.tsx";

const t = zh.log;
const types = Object.entries(zh.event).map(([value, label]) => ({ value, label }));
const orders = [
  { value: "desc", label: t.newest },
  { value: "asc", label: t.oldest },
];

/** 服务台账: all events of the log, with their seals. */
export function LogPage() {
  const { filters, change, clear } = useFilters(readLogFilters);
  const [params] = useSearchParams();
  const query = useMemo(() => logQuery(filters), [filters]);
  const rows = usePages("GET /api/log", query);
  const { order: _order, communityId: _community, ...exported } = query;
  const { services, spans, communities } = useCatalogue();
  const [hidden, hide] = useHiddenColumns();
  const columns = useMemo(
    () => logColumns({ services, spans, communities }).filter(({ key }) => !hidden.includes(String(key))),
    [services, spans, communities, hidden],
  );
  const requestNo =
    filters.requestId &&
    (rows.data?.items.find(({ requestId }) => requestId === filters.requestId)?.requestNo ?? filters.requestId);
  const print = usePrint(rows, { filters, requestNo });

  return (
    <>
      <Page
        title={t.title}
        fresh={rows}
        actions={
          <>
            <Segmented
              aria-label={t.order}
              options={orders}
              value={filters.order ?? "desc"}
              onChange={(order) => change({ order: order === "asc" ? "asc" : undefined })}
            />
            <ViewsButton hidden={hidden} onHide={hide} spans={spans} />
            <VerifyButton />
            <ExportButton kind="log" filter={exported} />
            <Button icon={<PrinterOutlined aria-hidden />} loading={print.busy} onClick={() => void print.start()}>
              {t.print}
            </Button>
          </>
        }
        filters={<Filters filters={filters} change={change} requestNo={requestNo} />}
      >
        <DataTable
          label={t.table}
          rows={rows}
          columns={columns}
          rowKey={(entry) => entry.id}
          empty={
            params.size > 0 ? (
              <Nothing
                title={t.none}
                hint={t.noneHint}
                action={<Button onClick={clear}>{zh.common.clearFilters}</Button>}
              />
            ) : (
              <Nothing title={t.noneAtAll} />
            )
          }
        />
      </Page>
      {print.sheet && <PrintSheet {...print.sheet} />}
    </>
  );
}

interface FilterProps {
  filters: LogFilters;
  change: (part: Partial<LogFilters>) => void;
  requestNo: string | undefined;
}

function Filters({ filters, change, requestNo }: FilterProps) {
  const { message } = App.useApp();
  /** Counts the searches. An answer is dropped when another search has begun or the page was left. */
  const turn = useRef(0);
  useEffect(() => () => void (turn.current += 1), []);
  const find = async (text: string | undefined) => {
    const mine = ++turn.current;
    if (!text) return change({ requestId: undefined });
    const found = await findRequest(text);
    if (mine !== turn.current) return undefined;
    if (found.error) return void message.error(found.error);
    return change({ requestId: found.id });
  };
  return (
    <>
      <SearchField label={t.q} hint={t.qHint} value={filters.q} maxLength={60} onSearch={(q) => change({ q })} />
      <SearchField
        slash={false}
        label={t.request}
        hint={t.requestHint}
        value={requestNo}
        onSearch={(text) => void find(text)}
      />
      <CommunityFilter
        value={filters.communityId}
        onChange={(communityId) => change({ communityId, serviceCode: undefined, cadreId: undefined })}
      />
      <CadreFilter value={filters.cadreId} onChange={(cadreId) => change({ cadreId })} />
      <ServiceFilter value={filters.serviceCode} onChange={(serviceCode) => change({ serviceCode })} />
      <ChoiceFilter
        label={t.type}
        value={filters.type}
        options={types}
        onChange={(type) => change({ type })}
        width={124}
      />
      <SpanFilter label={t.span} from={filters.from} to={filters.to} onChange={change} withTime />
    </>
  );
}
