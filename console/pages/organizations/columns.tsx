import { Button, type TableColumnsType } from "antd";
import { Link } from "react-router";
import type { CoTask, Organization } from "../../../contract/index.ts";
import { TaskDue, TaskState } from "../../components/task-state.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.coHandling;
const name = t.columns;

const counts = ["asked", "open", "done", "refused", "late"] as const;
const times = ["responseHours", "doneHours"] as const;

/** The columns of organizations: numbers of their tasks by result. A click on a name filters the tasks below. */
export function organizationColumns(spans: boolean, only: (row: Organization) => void): TableColumnsType<Organization> {
  return [
    {
      title: name.organization,
      key: "organization",
      ellipsis: true,
      render: (_, row) => (
        <Button type="link" size="small" aria-label={t.only(row.organization)} onClick={() => only(row)}>
          {row.organization}
        </Button>
      ),
    },
    ...(spans ? [{ title: name.community, key: "community", width: 116, dataIndex: "communityName" }] : []),
    {
      title: name.people,
      key: "people",
      width: 80,
      align: "right",
      className: "figures",
      render: (_, { people }) => (people === 0 ? <span className="bad">{t.nobody}</span> : people),
    },
    ...counts.map((key) => ({
      title: name[key],
      key,
      width: 80,
      align: "right" as const,
      className: "figures",
      render: (_: unknown, row: Organization) =>
        key === "late" && row.late > 0 ? <span className="bad">{row.late}</span> : row[key],
    })),
    ...times.map((key) => ({
      title: name[key],
      key,
      width: 132,
      align: "right" as const,
      className: "figures",
      render: (_: unknown, row: Organization) => (row[key] === null ? zh.common.none : t.hours(row[key])),
    })),
  ];
}

/** The columns of co-handling tasks; each links to its request. */
export function taskColumns(spans: boolean): TableColumnsType<CoTask> {
  return [
    {
      title: name.no,
      key: "no",
      width: 132,
      render: (_, task) => (
        <Link
          data-row
          className="code row-link"
          to={`/requests/${task.requestId}`}
          state={{ back: true }}
          aria-label={t.openRequest(task.requestNo)}
        >
          {task.requestNo}
        </Link>
      ),
    },
    { title: name.organization, key: "organization", width: 132, ellipsis: true, dataIndex: "organization" },
    ...(spans ? [{ title: name.community, key: "community", width: 100, dataIndex: "communityName" }] : []),
    { title: name.text, key: "text", ellipsis: true, dataIndex: "text" },
    { title: name.state, key: "state", width: 88, render: (_, { state }) => <TaskState state={state} /> },
    {
      title: name.due,
      key: "due",
      width: 156,
      align: "right",
      className: "figures",
      render: (_, task) => <TaskDue task={task} />,
    },
    {
      title: name.askedAt,
      key: "askedAt",
      width: 132,
      align: "right",
      className: "figures",
      render: (_, { askedAt }) => <Time value={askedAt} />,
    },
    { title: name.how, key: "how", ellipsis: true, render: (_, task) => task.result?.text ?? task.reason ?? "" },
  ];
}
