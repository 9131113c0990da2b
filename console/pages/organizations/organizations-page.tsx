import { Button, Segmented, Table } from "antd";
import { useMemo } from "react";
import type { Organization } from "../../../contract/index.ts";
import { POLL_MS } from "../../api/poll.ts";
import { usePages } from "../../api/use-pages.ts";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { readTaskFilters } from "../../lib/filters.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { organizationColumns, taskColumns } from "./columns.tsx";

const t = zh.coHandling;
type Scope = keyof typeof t.scopes;
const scopes = (Object.keys(t.scopes) as Scope[]).map((value) => ({ value, label: t.scopes[value] }));

/** The organizations that co-handle requests: numbers of tasks, time taken, refusals, and the tasks themselves. */
export function OrganizationsPage() {
  const { filters, change } = useFilters(readTaskFilters);
  const { spans } = useCatalogue();
  const organizations = useQuery("GET /api/organizations", {}, { pollMs: POLL_MS });
  const tasks = usePages("GET /api/co-tasks", filters);
  const columns = useMemo(
    () => organizationColumns(spans, (row: Organization) => change({ organization: row.organization })),
    [spans, change],
  );
  const forTasks = useMemo(() => taskColumns(spans), [spans]);
  return (
    <Page title={t.title} fresh={tasks}>
      <section className="card" aria-label={t.organizations}>
        <h2>{t.organizations}</h2>
        <WhenLoaded loaded={organizations}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={t.none} hint={t.noneHint} />
            ) : (
              <Table<Organization>
                size="small"
                columns={columns}
                dataSource={items}
                rowKey={(row) => `${row.communityId} ${row.organization}`}
                pagination={false}
                tableLayout="fixed"
              />
            )
          }
        </WhenLoaded>
        <p className="muted">{t.formula}</p>
      </section>
      <div className="organization-tasks">
        <h2>{t.tasks}</h2>
        <Segmented<Scope>
          aria-label={t.scope}
          options={scopes}
          value={filters.scope ?? "all"}
          onChange={(scope) => change({ scope: scope === "all" ? undefined : scope })}
        />
        {filters.organization && (
          <Button size="small" onClick={() => change({ organization: undefined })}>
            {filters.organization} ×
          </Button>
        )}
      </div>
      <DataTable
        label={t.tasks}
        rows={tasks}
        columns={forTasks}
        rowKey={(task) => task.id}
        empty={<Nothing title={t.noTasks} hint={t.noTasksHint} />}
      />
    </Page>
  );
}
