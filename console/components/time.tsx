import { PauseCircleOutlined, WarningOutlined } from "@ant-design/icons";
import type { Request } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { nextDue } from "../lib/due.ts";
import { exactTime, remainingWords, timeWords } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";

/** A moment in relative words, with the exact time on hover. */
export function Time({ value }: { value: string | Date }) {
  const now = useNow();
  const instant = typeof value === "string" ? new Date(value) : value;
  return (
    <time dateTime={instant.toISOString()} title={exactTime(instant)}>
      {timeWords(instant, now)}
    </time>
  );
}

/** A moment in exact time. */
export function ExactTime({ value }: { value: string }) {
  const instant = new Date(value);
  return <time dateTime={instant.toISOString()}>{exactTime(instant)}</time>;
}

/** The next deadline of a request: its kind and the time left. */
export function DueCell({ request }: { request: Request }) {
  const now = useNow();
  const due = nextDue(request, now);
  if (!due) {
    if (request.question === null && request.suspendedUntil === null)
      return <span className="muted">{zh.common.none}</span>;
    return (
      <span className="muted nowrap">
        <PauseCircleOutlined aria-hidden /> {request.suspendedUntil ? zh.requests.suspended : zh.requests.paused}
      </span>
    );
  }
  const kind = due.kind === "respond" ? zh.requests.dueRespond : zh.requests.dueResolve;
  return (
    <time
      className={due.overdue ? "due due-over nowrap" : "due nowrap"}
      dateTime={due.by.toISOString()}
      title={`${kind} ${exactTime(due.by)}`}
    >
      {due.overdue && <WarningOutlined aria-hidden />} {remainingWords(due.by, now, kind)}
    </time>
  );
}
