import { Button } from "antd";
import { DataTable } from "../../../components/data-table.tsx";
import { ErrorNote, Failed, Nothing, StaleNote, Waiting } from "../../../components/states.tsx";
import type { Loaded } from "../../../api/use-loaded.ts";
import type { Collected } from "../../../api/collect.ts";
import { type Row, busyError, loadedThat, rows } from "../samples.ts";

const nothing = () => undefined;

const columns = [
  { title: "事项", dataIndex: "what" },
  { title: "件数", dataIndex: "n", align: "right" as const, className: "figures" },
];

const tables: readonly (readonly [title: string, rows: Loaded<Collected<Row>>])[] = [
  ["有内容", loadedThat({ data: rows })],
  ["没有更新成功", loadedThat({ data: rows, error: busyError })],
  ["没有内容", loadedThat({ data: { items: [], more: false } })],
  ["加载中", loadedThat({ loading: true })],
  ["出错", loadedThat({ error: busyError })],
];

/** A list in each of its states, and the empty and error states of a page. */
export function FaceParts() {
  return (
    <>
      {tables.map(([title, loaded]) => (
        <section key={title} className="card" aria-label={`列表：${title}`}>
          <h2>{`列表：${title}`}</h2>
          <DataTable<Row>
            label={title}
            rows={{ ...loaded, loadMore: nothing }}
            columns={columns}
            rowKey={({ id }) => id}
            empty={<Nothing title="还没有诉求" hint="居民提交后会出现在这里。" action={<Button>代居民提交</Button>} />}
          />
        </section>
      ))}
      <section className="card" aria-label="提示">
        <h2>提示</h2>
        <div className="stack">
          <ErrorNote error={busyError} />
          <StaleNote loaded={loadedThat({ data: true, error: busyError })} />
          <Failed error={busyError} retry={nothing} />
          <Waiting />
        </div>
      </section>
    </>
  );
}
