import { Table } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { Request } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import { openFrom } from "../../components/data-table.tsx";
import { Nothing } from "../../components/states.tsx";
import { useCatalogue } from "../../components/catalogue.tsx";
import { zh } from "../../i18n/zh.ts";
import { dueSoon } from "../../lib/tally.ts";
import { requestColumns } from "../requests/columns.tsx";

const SOON_MS = 2 * 3_600_000;
const SHOWN = 50;
/** The columns, few because the table has half the width. */
const wanted = ["no", "title", "status", "handler", "due", "community"];

/** Requests that are overdue or due within two hours. */
export function DueSoon({ open, now }: { open: Collected<Request>; now: Date }) {
  const { spans, communityId } = useCatalogue();
  const navigate = useNavigate();
  const rows = useMemo(() => dueSoon(open.items, now, SOON_MS), [open.items, now]);
  const columns = useMemo(
    () =>
      requestColumns({ search: "?open=true", spans: spans && communityId === null, state: { back: true } }).filter(
        (column) => wanted.includes(String(column.key)),
      ),
    [spans, communityId],
  );
  return (
    <section className="card" id="due" aria-label={zh.today.dueTitle} tabIndex={-1}>
      <h2>{zh.today.dueTitle}</h2>
      {rows.length === 0 ? (
        <Nothing title={zh.today.dueNone} />
      ) : (
        <Table<Request>
          size="small"
          columns={columns}
          dataSource={rows.slice(0, SHOWN)}
          rowKey="id"
          pagination={false}
          tableLayout="fixed"
          rowClassName="row-opens"
          onRow={(request) => ({
            onClick: (event) =>
              openFrom(event, () => void navigate(`/requests/${request.id}?open=true`, { state: { back: true } })),
          })}
        />
      )}
    </section>
  );
}
