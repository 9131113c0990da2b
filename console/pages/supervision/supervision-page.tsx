import { Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { Request } from "../../../contract/index.ts";
import { POLL_MS } from "../../api/poll.ts";
import { useRows } from "../../api/use-pages.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { openFrom } from "../../components/data-table.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing, StaleNote, WhenLoaded } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { supervisedOf } from "../../lib/tally.ts";
import { dayOf, lengthWords } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { startInstant } from "../../lib/wall-clock.ts";
import { requestColumns } from "../requests/columns.tsx";
import { Standings } from "./standings.tsx";

const t = zh.supervision;
const wanted = ["no", "title", "status", "handler", "community"];
/** Figures are counted from rows. Beyond this many rows they are shown as “1000+”. */
const MAX_COUNTED_ROWS = 1000;

/** 督办: the communities side by side, and all supervised requests. */
export function SupervisionPage() {
  const { communities } = useCatalogue();
  const now = useNow();
  const from = `${dayOf(now).slice(0, 7)}-01`;
  const poll = { pollMs: POLL_MS };
  const open = useRows("GET /api/requests", { scope: "community", open: "true" }, MAX_COUNTED_ROWS, poll);
  const month = useRows(
    "GET /api/log",
    { type: "request.supervised", from: startInstant(from) },
    MAX_COUNTED_ROWS,
    poll,
  );
  return (
    <Page title={t.title} fresh={open} scrolls>
      <WhenLoaded loaded={open}>
        {(requests) => (
          <div className="stack">
            <p className="muted">{t.lead}</p>
            <StaleNote loaded={month} />
            <Standings communities={communities} open={requests} month={{ from, log: month.data }} />
            <Supervised requests={supervisedOf(requests.items)} now={now} />
          </div>
        )}
      </WhenLoaded>
    </Page>
  );
}

/** The supervised requests. */
function Supervised({ requests, now }: { requests: Request[]; now: Date }) {
  const navigate = useNavigate();
  const columns = useMemo(() => columnsAt(now), [now]);
  return (
    <section className="card" aria-label={t.list}>
      <h2>{t.list}</h2>
      {requests.length === 0 ? (
        <Nothing title={t.none} hint={t.noneHint} />
      ) : (
        <Table<Request>
          size="small"
          columns={columns}
          dataSource={requests}
          rowKey={({ id }) => id}
          pagination={false}
          tableLayout="fixed"
          rowClassName="row-opens"
          onRow={({ id }) => ({
            onClick: (event) => openFrom(event, () => void navigate(addressOf(id), { state: { back: true } })),
          })}
        />
      )}
    </section>
  );
}

const addressOf = (id: string): string => `/requests/${id}?attention=supervised`;

/** The columns: the usual ones of a request, then the missed deadline and the start of supervision. */
const columnsAt = (now: Date): TableColumnsType<Request> => [
  ...requestColumns({ search: "?attention=supervised", spans: true, state: { back: true } }).filter(({ key }) =>
    wanted.includes(String(key)),
  ),
  {
    title: t.rows.clock,
    key: "clock",
    width: 190,
    render: (_, request) => {
      const clock = request.escalation?.clock ?? "resolve";
      const by = clock === "respond" ? request.respondBy : request.resolveBy;
      return (
        <span className="bad nowrap">
          {by === null ? t.clock[clock] : t.late(t.clock[clock], lengthWords(now.getTime() - new Date(by).getTime()))}
        </span>
      );
    },
  },
  {
    title: t.rows.since,
    key: "since",
    width: 132,
    align: "right",
    className: "figures",
    render: (_, { escalation }) => escalation && <Time value={escalation.at} />,
  },
];
