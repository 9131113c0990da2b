import type { ReactNode } from "react";
import type { Request } from "../../../../contract/index.ts";
import { StateTag } from "../../../components/state-tag";
import { words } from "../../../i18n";
import { sayRemaining } from "../../../i18n/time-words";
import { deadlineOf } from "../../../lib/request-words";

/** The time left of the running deadline: 答复还剩 35 分钟. Renders nothing when none runs. */
export function Deadline({ request, now }: { request: Request; now: Date }): ReactNode {
  const deadline = deadlineOf(request);
  if (deadline === null) return null;
  const { words: left, soon, overdue } = sayRemaining(deadline.by, now);
  const tone = overdue ? "bad" : soon ? "wait" : "calm";
  return (
    <StateTag word={`${words.cadre.queue[deadline.kind]}${left}`} icon={overdue ? "alert" : "clock"} tone={tone} />
  );
}
