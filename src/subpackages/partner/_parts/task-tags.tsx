import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { CoTask } from "../../../../contract/index.ts";
import type { IconName } from "../../../components/icon";
import { StateTag } from "../../../components/state-tag";
import { partner } from "../../../i18n/zh/partner";
import { sayRemaining } from "../../../i18n/time-words";
import type { Tone } from "../../../lib/request-words";

const looks: Record<CoTask["state"], { icon: IconName; tone: Tone }> = {
  asked: { icon: "question", tone: "wait" },
  accepted: { icon: "person", tone: "good" },
  done: { icon: "check", tone: "calm" },
  refused: { icon: "close", tone: "calm" },
  withdrawn: { icon: "back", tone: "calm" },
};

/** The state of a task, and the time left of the running deadline. */
export function TaskTags({ task, now }: { task: CoTask; now: Date }): ReactNode {
  const { state, endedAt, acceptedAt, respondBy, resolveBy } = task;
  const kind = acceptedAt === null ? "respond" : "resolve";
  const { words: left, soon, overdue } = sayRemaining(new Date(kind === "respond" ? respondBy : resolveBy), now);
  return (
    <View className="tasks__tags">
      <StateTag {...looks[state]} word={partner.states[state]} />
      {endedAt === null && (
        <StateTag
          word={`${partner[kind]}${left}`}
          icon={overdue ? "alert" : "clock"}
          tone={overdue ? "bad" : soon ? "wait" : "calm"}
        />
      )}
    </View>
  );
}
