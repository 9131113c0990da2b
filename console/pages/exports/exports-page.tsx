import { useEffect, useMemo, useState } from "react";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { exportColumns } from "./columns.tsx";

const t = zh.exports;
/** The poll interval while an export is being written, so that its progress is visible, ms. */
const RUNNING_POLL_MS = 500;
const POLL_MS = 60_000;

/** One's own exports with their progress and, while they are stored, their files. */
export function ExportsPage() {
  const { communities } = useCatalogue();
  const [running, setRunning] = useState(true);
  const loaded = useQuery("GET /api/exports", {}, { pollMs: running ? RUNNING_POLL_MS : POLL_MS });
  const unfinished = loaded.data?.items.some(({ state }) => state === "queued" || state === "running") ?? false;
  useEffect(() => setRunning(unfinished), [unfinished]);
  const columns = useMemo(() => exportColumns(communities, loaded.reload), [communities, loaded.reload]);
  const data = useMemo(() => loaded.data && { items: loaded.data.items, more: false }, [loaded.data]);
  return (
    <Page title={t.title} fresh={loaded}>
      <DataTable
        label={t.table}
        rows={{ ...loaded, data, loadMore: loaded.reload }}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<Nothing title={t.none} hint={t.noneHint} />}
      />
    </Page>
  );
}
