import { LinkOutlined } from "@ant-design/icons";
import { App, Button, Segmented } from "antd";
import { useMemo } from "react";
import { useMe } from "../../api/me.tsx";
import { usePages } from "../../api/use-pages.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { ChoiceFilter, CommunityFilter, SpanFilter } from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { type AuditFilters, auditKinds, auditQuery, readAuditFilters } from "../../lib/audit-filters.ts";
import { actorWords } from "../../lib/event-words.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { auditColumns } from "./columns.tsx";
import { RevealRate } from "./reveal-rate.tsx";

const t = zh.audit;
const kinds = [{ value: "", label: t.everything }, ...auditKinds.map((value) => ({ value, label: t.kinds[value] }))];

/** 审计: which person used which power at what time. The rows are part of the service log and cannot be changed. */
export function AuditPage() {
  const { filters, change, clear } = useFilters(readAuditFilters);
  const query = useMemo(() => auditQuery(filters), [filters]);
  const rows = usePages("GET /api/audit", query);
  const { cadres, spans, communities } = useCatalogue();
  const { role } = useMe().actingAs;
  const columns = useMemo(
    () => auditColumns({ spans, communities, onPerson: (personId) => change({ personId }) }),
    [spans, communities, change],
  );
  // The options are all cadres and the actors of the listed rows. Cadres are included because failed logins name them.
  const people = new Map(cadres.map(({ id, name }) => [id, name]));
  for (const { actor } of rows.data?.items ?? []) if (actor.role !== "system") people.set(actor.id, actorWords(actor));
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <Page
      title={t.title}
      fresh={rows}
      actions={<CopyLink />}
      filters={
        <Filters filters={filters} change={change} people={[...people].map(([value, label]) => ({ value, label }))} />
      }
    >
      <p className="muted audit-lead">{t.lead}</p>
      {role !== "admin" && (filters.kind === undefined || filters.kind === "reveal") && (
        <RevealRate communityId={filters.communityId} />
      )}
      <DataTable
        label={t.table}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          narrowed ? (
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
  );
}

interface FilterProps {
  filters: AuditFilters;
  change: (part: Partial<AuditFilters>) => void;
  people: readonly { value: string; label: string }[];
}

function Filters({ filters, change, people }: FilterProps) {
  return (
    <>
      <Segmented
        aria-label={t.kind}
        options={kinds}
        value={filters.kind ?? ""}
        onChange={(kind) => change({ kind: auditKinds.find((one) => one === kind) })}
      />
      <CommunityFilter
        value={filters.communityId}
        onChange={(communityId) => change({ communityId, personId: undefined })}
      />
      <ChoiceFilter
        label={t.person}
        value={filters.personId}
        options={people}
        onChange={(personId) => change({ personId })}
      />
      <SpanFilter label={t.day} from={filters.from} to={filters.to} onChange={change} />
    </>
  );
}

/** Copies the address, which contains all filters. */
function CopyLink() {
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    message.success(t.copied);
  };
  return (
    <Button icon={<LinkOutlined aria-hidden />} onClick={() => void copy()}>
      {t.link}
    </Button>
  );
}
