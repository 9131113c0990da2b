import { WarningOutlined } from "@ant-design/icons";
import type { CoTask } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { exactTime, remainingWords } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";

const tones: Record<CoTask["state"], string> = {
  asked: "tag-wait",
  accepted: "tag-good",
  done: "tag-plain",
  refused: "tag-bad",
  withdrawn: "tag-plain",
};

/** The state of a co-handling task. */
export function TaskState({ state }: Pick<CoTask, "state">) {
  return <span className={`tag ${tones[state]}`}>{zh.coHandling.state[state]}</span>;
}

/** The time left for a co-handling task. Renders nothing for a task that has ended. */
export function TaskDue({ task }: { task: CoTask }) {
  const now = useNow();
  if (task.endedAt !== null) return null;
  const kind = task.acceptedAt === null ? "respond" : "resolve";
  const by = new Date(kind === "respond" ? task.respondBy : task.resolveBy);
  return (
    <time
      className={by < now ? "due due-over nowrap" : "due nowrap"}
      dateTime={by.toISOString()}
      title={`${zh.coHandling[kind]} ${exactTime(by)}`}
    >
      {by < now && <WarningOutlined aria-hidden />} {remainingWords(by, now, zh.coHandling[kind])}
    </time>
  );
}
