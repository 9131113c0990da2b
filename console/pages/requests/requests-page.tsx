import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useMemo, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import type { Request } from "../../../contract/index.ts";
import { useMe } from "../../api/me.tsx";
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
import { isOverdue } from "../../lib/due.ts";
import {
  type RequestFilters,
  attentionFilters,
  readRequestFilters,
  requestQuery,
  statuses,
} from "../../lib/filters.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { ExportButton } from "../exports/export-button.tsx";
import { FileDialog } from "../file/file-dialog.tsx";
import { TemplatesButton } from "../templates/templates-dialog.tsx";
import { requestColumns } from "./columns.tsx";

const t = zh.requests;
const statusOptions = statuses.map((value) => ({ value, label: zh.status[value] }));
const attentionOptions = attentionFilters.map((value) => ({ value, label: t.attentionOptions[value] }));
const openOptions = [
  { value: "true", label: t.openTrue },
  { value: "false", label: t.openFalse },
  { value: "", label: t.openAll },
];

/** The list of requests. An opened request is shown beside it, at its own address. */
export function RequestsPage() {
  const { filters, change, clear } = useFilters(readRequestFilters);
  const query = useMemo(() => requestQuery(filters), [filters]);
  const rows = usePages("GET /api/requests", query);
  const { scope: _scope, communityId: _community, attention, ...rest } = query;
  // Requests to be taken over belong to another community, so an export leaves this filter out.
  const exported = { ...rest, attention: attention === "incoming" ? undefined : attention };
  const { spans, communityId } = useCatalogue();
  const navigate = useNavigate();
  const { search, pathname } = useLocation();
  const columns = useMemo(
    () => requestColumns({ search, spans: spans && communityId === null }),
    [search, spans, communityId],
  );
  const open = (request: Request) => void navigate(`/requests/${request.id}${search}`);
  const filtered = search !== "";

  return (
    <>
      <Page
        title={t.title}
        fresh={rows}
        actions={
          <>
            <TemplatesButton />
            <ExportButton kind="requests" filter={exported} />
            <FileButton onFiled={open} />
          </>
        }
        filters={<Filters filters={filters} change={change} />}
      >
        <DataTable
          label={t.table}
          rows={rows}
          columns={columns}
          rowKey={(request) => request.id}
          onOpen={open}
          rowClass={(request) =>
            `${pathname.endsWith(request.id) ? "row-current" : ""} ${isOverdue(request, new Date()) ? "row-over" : ""}`
          }
          empty={
            filtered ? (
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
      <Outlet />
    </>
  );
}

/** The button for 代提交, for staff of one community. */
function FileButton({ onFiled }: { onFiled: (request: Request) => void }) {
  const { role, communityId } = useMe().actingAs;
  const [open, setOpen] = useState(false);
  if (communityId === null || (role !== "committee" && role !== "cadre")) return null;
  const filed = (request: Request) => {
    setOpen(false);
    onFiled(request);
  };
  return (
    <>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {zh.proxyFiling.open}
      </Button>
      <FileDialog communityId={communityId} open={open} onClose={() => setOpen(false)} onFiled={filed} />
    </>
  );
}

function Filters({ filters, change }: { filters: RequestFilters; change: (part: Partial<RequestFilters>) => void }) {
  // A search by number clears the other filters, which could hide the request.
  const find = (requestNo: string | undefined) =>
    change(
      requestNo
        ? {
            requestNo,
            open: undefined,
            status: undefined,
            attention: undefined,
            serviceCode: undefined,
            cadreId: undefined,
            from: undefined,
            to: undefined,
          }
        : { requestNo },
    );
  return (
    <>
      <SearchField label={t.search} hint={t.searchHint} value={filters.requestNo} onSearch={find} />
      <Segmented
        aria-label={t.openLabel}
        options={openOptions}
        value={filters.open ?? ""}
        onChange={(value) =>
          change({ open: value === "true" || value === "false" ? value : undefined, status: undefined })
        }
      />
      <CommunityFilter
        value={filters.communityId}
        onChange={(communityId) => change({ communityId, serviceCode: undefined, cadreId: undefined })}
      />
      <ChoiceFilter
        label={t.status}
        value={filters.status}
        options={statusOptions}
        onChange={(value) => change({ status: statuses.find((status) => status === value), open: undefined })}
      />
      <ChoiceFilter
        label={t.attention}
        value={filters.attention}
        options={attentionOptions}
        onChange={(value) => change({ attention: attentionFilters.find((attention) => attention === value) })}
      />
      <ServiceFilter value={filters.serviceCode} onChange={(serviceCode) => change({ serviceCode })} />
      <CadreFilter value={filters.cadreId} onChange={(cadreId) => change({ cadreId })} />
      <SpanFilter label={t.submitted} from={filters.from} to={filters.to} onChange={change} />
    </>
  );
}
