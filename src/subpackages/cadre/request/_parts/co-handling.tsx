import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { CoTask, RequestDetail } from "../../../../../contract/index.ts";
import { Button } from "../../../../components/button";
import type { IconName } from "../../../../components/icon";
import { Photos } from "../../../../components/photos";
import { Card, Section } from "../../../../components/section";
import { StateTag } from "../../../../components/state-tag";
import { sayMoment, sayRemaining } from "../../../../i18n/time-words";
import { coHandlingStory as say } from "../../../../i18n/zh/co-handling";
import type { Tone } from "../../../../lib/request-words";
import { open } from "../../../../wx/navigation";
import { TaskSheet } from "./task-sheet";

const looks: Record<CoTask["state"], { icon: IconName; tone: Tone }> = {
  asked: { icon: "question", tone: "wait" },
  accepted: { icon: "person", tone: "good" },
  done: { icon: "check", tone: "good" },
  refused: { icon: "close", tone: "bad" },
  withdrawn: { icon: "back", tone: "calm" },
};

/** The request's co-handling tasks with their states, and a button to ask another organization. */
export function CoHandling({ request, now }: { request: RequestDetail; now: Date }): ReactNode {
  const { id, tasks, openTasks, abilities } = request;
  const mayAsk = abilities.includes("ask-organization");
  if (tasks.length === 0 && !mayAsk) return null;
  return (
    <Section title={say.title}>
      {openTasks > 0 && <View className="small">{say.wait(openTasks)}</View>}
      {tasks.map((task) => (
        <Task key={task.id} task={task} now={now} />
      ))}
      {mayAsk && (
        <Button icon="person" onPress={() => open("/subpackages/cadre/co-handling/index", { id })}>
          {say.ask}
        </Button>
      )}
    </Section>
  );
}

function Task({ task, now }: { task: CoTask; now: Date }): ReactNode {
  const [changing, setChanging] = useState(false);
  const { organization, state, text, acceptedAt, endedAt, endedBy, reason, progress, result, abilities } = task;
  const kind = acceptedAt === null ? "respond" : "resolve";
  const left = sayRemaining(new Date(kind === "respond" ? task.respondBy : task.resolveBy), now);
  return (
    <Card className="staff-request__now">
      <View className="strong">{organization}</View>
      <View className="staff-request__tags">
        <StateTag {...looks[state]} word={say.states[state]} />
        {endedAt === null && (
          <StateTag
            word={`${say[kind]}${left.words}`}
            icon={left.overdue ? "alert" : "clock"}
            tone={left.overdue ? "bad" : left.soon ? "wait" : "calm"}
          />
        )}
      </View>
      <View>{text}</View>
      {progress.map((entry) => (
        <View key={entry.at}>
          <View>{entry.text}</View>
          <View className="small">{say.by(entry.by, sayMoment(new Date(entry.at), now))}</View>
          <Photos files={entry.files} />
        </View>
      ))}
      {result && (
        <View>
          <View>{result.text}</View>
          <Photos files={result.files} />
        </View>
      )}
      {reason !== null && (
        <View>{state === "refused" ? say.refusedBecause(reason) : say.withdrawnBecause(reason)}</View>
      )}
      {endedAt !== null && <View className="small">{say.by(endedBy ?? "", sayMoment(new Date(endedAt), now))}</View>}
      {abilities.includes("withdraw") && (
        <Button kind="quiet" onPress={() => setChanging(true)}>
          {say.change}
        </Button>
      )}
      {changing && <TaskSheet task={task} onClose={() => setChanging(false)} />}
    </Card>
  );
}
