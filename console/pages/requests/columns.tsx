import type { TableColumnsType } from "antd";
import { Link } from "react-router";
import type { Request } from "../../../contract/index.ts";
import { StatusTag, RequestMarks } from "../../components/status-tag.tsx";
import { DueCell, Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.requests;
const name = t.columns;

interface Options {
  /** The query of the list's address, which the rows' links keep. */
  search: string;
  /** Whether the rows are of several communities. */
  spans: boolean;
  /** The history state of the rows' links. */
  state?: { back: true };
}

/** Columns of a list of requests. */
export function requestColumns({ search, spans, state }: Options): TableColumnsType<Request> {
  return [
    {
      title: name.no,
      key: "no",
      width: 132,
      render: (_, request) => (
        <Link
          data-row
          className="code row-link"
          to={`/requests/${request.id}${search}`}
          state={state}
          aria-label={t.open(request.requestNo)}
        >
          {request.requestNo}
        </Link>
      ),
    },
    {
      title: name.title,
      key: "title",
      ellipsis: true,
      render: (_, request) => (
        <span title={request.title}>
          <RequestMarks request={request} /> <span className="strong">{request.title}</span>
        </span>
      ),
    },
    ...(spans
      ? [{ title: name.community, key: "community", width: 116, ellipsis: true, dataIndex: "communityName" }]
      : []),
    { title: name.service, key: "service", width: 100, ellipsis: true, dataIndex: "serviceTitle" },
    {
      title: name.who,
      key: "who",
      width: 124,
      ellipsis: true,
      render: (_, { place, resident }) => (
        <>
          {resident.name} <span className="muted">{place.building}</span>
        </>
      ),
    },
    { title: name.status, key: "status", width: 120, render: (_, { status }) => <StatusTag status={status} /> },
    // Lists of several communities show the community instead of the cadre.
    ...(spans
      ? []
      : [
          {
            title: name.handler,
            key: "handler",
            width: 76,
            ellipsis: true,
            render: (_: unknown, { handler }: Request) =>
              handler?.name ?? <span className="muted">{t.notHandled}</span>,
          },
        ]),
    {
      title: name.submitted,
      key: "submitted",
      width: 132,
      align: "right",
      className: "figures",
      render: (_, { submittedAt }) => <Time value={submittedAt} />,
    },
    {
      title: name.due,
      key: "due",
      width: 184,
      align: "right",
      className: "figures",
      render: (_, request) => <DueCell request={request} />,
    },
  ];
}
