import { Button } from "antd";
import { useState } from "react";
import type { CoTask, RequestDetail } from "../../../contract/index.ts";
import { TaskDue, TaskState } from "../../components/task-state.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { Photos } from "./photos.tsx";
import { TaskDialog } from "./task-dialog.tsx";

const t = zh.coHandling;

/** The request's co-handling tasks with their states, and refusals with their reasons. */
export function CoHandling({ request }: { request: RequestDetail }) {
  if (request.tasks.length === 0) return null;
  return (
    <section aria-label={t.title}>
      <h3>{t.title}</h3>
      {request.openTasks > 0 && <p className="muted">{t.wait(request.openTasks)}</p>}
      <ul className="co-tasks">
        {request.tasks.map((task) => (
          <Task key={task.id} task={task} />
        ))}
      </ul>
    </section>
  );
}

function Task({ task }: { task: CoTask }) {
  const [change, setChange] = useState<"withdraw" | "reassign" | null>(null);
  const [open, setOpen] = useState(false);
  const start = (what: "withdraw" | "reassign") => {
    setChange(what);
    setOpen(true);
  };
  const { organization, text, state, reason, result, progress } = task;
  return (
    <li className="callout">
      <p className="co-task-head">
        <strong>{organization}</strong> <TaskState state={state} /> <TaskDue task={task} />
        {task.abilities.includes("withdraw") && (
          <span className="co-task-tools">
            <Button size="small" onClick={() => start("reassign")}>
              {t.reassign}
            </Button>
            <Button size="small" onClick={() => start("withdraw")}>
              {t.withdraw}
            </Button>
          </span>
        )}
      </p>
      <p className="said">{text}</p>
      <p className="muted">
        {t.askedBy(task.askedBy, task.hours)} <Time value={task.askedAt} />
        {task.acceptedBy !== null && task.acceptedAt !== null && (
          <>
            {zh.common.join}
            {t.acceptedBy(task.acceptedBy)} <Time value={task.acceptedAt} />
          </>
        )}
      </p>
      {progress.map((entry) => (
        <div key={entry.at}>
          <p className="said">{entry.text}</p>
          <small className="muted">
            {entry.by} <Time value={entry.at} />
          </small>
          <Photos files={entry.files} />
        </div>
      ))}
      {result && (
        <>
          <p className="said strong">{result.text}</p>
          <Photos files={result.files} />
        </>
      )}
      {reason !== null && (
        <p className="said strong">{state === "refused" ? t.refusedBecause(reason) : t.withdrawnBecause(reason)}</p>
      )}
      {task.endedAt !== null && (
        <small className="muted">
          {task.endedBy} <Time value={task.endedAt} />
        </small>
      )}
      {change !== null && (
        <TaskDialog
          task={task}
          change={change}
          open={open}
          onClose={() => setOpen(false)}
          onClosed={() => setChange(null)}
        />
      )}
    </li>
  );
}
