import { WarningOutlined } from "@ant-design/icons";
import type { TableColumnsType } from "antd";
import { Link } from "react-router";
import type { HandlingCycle } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.figures.handlingCycles;
const name = t.columns;

/** The columns of handling cycles. `spans`: the rows are of several communities. */
export function handlingCycleColumns(spans: boolean): TableColumnsType<HandlingCycle> {
  const time = { align: "right", className: "figures", width: 156 } as const;
  return [
    { title: name.no, key: "no", width: 132, render: (_, cycle) => <RequestLink cycle={cycle} /> },
    { title: name.try, key: "try", width: 84, render: (_, { number }) => t.try(number) },
    ...(spans
      ? [{ title: zh.requests.community, key: "community", width: 104, ellipsis: true, dataIndex: "communityId" }]
      : []),
    { title: name.service, key: "service", ellipsis: true, dataIndex: "serviceTitle" },
    { title: name.building, key: "building", width: 88, ellipsis: true, dataIndex: "building" },
    {
      title: name.cadre,
      key: "cadre",
      width: 88,
      ellipsis: true,
      render: (_, { cadreName }) => cadreName ?? <span className="muted">{zh.figures.nobody}</span>,
    },
    { ...time, title: name.opened, key: "opened", render: (_, { openedAt }) => <Time value={openedAt} /> },
    {
      ...time,
      title: name.responded,
      key: "responded",
      render: (_, { respondedAt, respondedLate }) => <Done at={respondedAt} late={respondedLate} />,
    },
    {
      ...time,
      title: name.resolved,
      key: "resolved",
      render: (_, { resolvedAt, resolvedLate }) => <Done at={resolvedAt} late={resolvedLate} />,
    },
    {
      title: name.outcome,
      key: "outcome",
      width: 96,
      render: (_, { outcome }) => (outcome === null ? zh.common.none : zh.outcome[outcome]),
    },
    {
      title: name.scores,
      key: "scores",
      width: 148,
      align: "right",
      className: "figures",
      render: (_, { scores }) =>
        scores === null ? zh.common.none : `${scores.response} / ${scores.attitude} / ${scores.result}`,
    },
  ];
}

function RequestLink({ cycle }: { cycle: HandlingCycle }) {
  return (
    <Link
      data-row
      className="code row-link"
      to={`/requests/${cycle.requestId}`}
      state={{ back: true }}
      aria-label={zh.requests.open(cycle.requestNo)}
    >
      {cycle.requestNo}
    </Link>
  );
}

function Done({ at, late }: { at: string | null; late: boolean }) {
  if (at === null) return zh.common.none;
  return (
    <>
      {late && (
        <span className="bad">
          <WarningOutlined aria-hidden /> {t.late}{" "}
        </span>
      )}
      <Time value={at} />
    </>
  );
}
