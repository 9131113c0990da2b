import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import type { LogEntry, Request } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import { counted } from "../../components/counted.ts";
import { zh } from "../../i18n/zh.ts";
import { writeFilters } from "../../lib/filters.ts";
import { type Standing, standingOf } from "../../lib/tally.ts";

const t = zh.supervision;
const name = t.columns;

interface Row extends Standing {
  /** Null: the total of all communities. */
  id: string | null;
  title: string;
  /** The number of requests that came under supervision since the month began. */
  month: number;
}

interface Props {
  communities: readonly { id: string; name: string }[];
  open: Collected<Request>;
  month: { from: string; log: Collected<LogEntry> | undefined };
}

/** The communities side by side, as of now. Each number links to its requests. */
export function Standings({ communities, open, month }: Props) {
  const row = (id: string | null, title: string): Row => {
    const of = ({ communityId }: { communityId: string }): boolean => id === null || communityId === id;
    return { id, title, ...standingOf(open.items.filter(of)), month: (month.log?.items ?? []).filter(of).length };
  };
  const rows = [...communities.map(({ id, name: title }) => row(id, title)), row(null, t.all)];
  const to = (page: string, id: string | null, filters: object): string =>
    `/${page}?${writeFilters({ ...filters, communityId: id ?? undefined }).toString()}`;
  const number = (
    key: Exclude<keyof Row, "id" | "title">,
    link: ((id: string | null) => string) | null,
    from: Collected<unknown> | undefined = open,
  ): TableColumnsType<Row>[number] => ({
    title: name[key],
    key,
    align: "right",
    className: "figures",
    render: (_, line) => {
      const words = counted(line[key], from);
      const bad = (key === "overdue" || key === "supervised") && line[key] > 0 ? "bad" : "";
      return link === null || line[key] === 0 ? (
        words
      ) : (
        <Link className={bad} to={link(line.id)}>
          {words}
        </Link>
      );
    },
  });
  const columns: TableColumnsType<Row> = [
    { title: name.community, key: "community", render: (_, { title }) => <span className="strong">{title}</span> },
    number("open", (id) => to("requests", id, { open: "true" })),
    number("queued", (id) => to("requests", id, { status: "queued" })),
    number("offered", null),
    number("overdue", (id) => to("requests", id, { attention: "overdue" })),
    number("supervised", (id) => to("requests", id, { attention: "supervised" })),
    number("month", (id) => to("log", id, { type: "request.supervised", from: month.from }), month.log),
  ];
  return (
    <section className="card" aria-label={t.communities}>
      <h2>{t.communities}</h2>
      <Table<Row>
        size="small"
        columns={columns}
        dataSource={rows}
        rowKey={({ id }) => id ?? ""}
        pagination={false}
        tableLayout="fixed"
      />
    </section>
  );
}
