import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { CoTask } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { Photos } from "../../../components/photos";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { words } from "../../../i18n";
import { sayMoment } from "../../../i18n/time-words";
import { partner } from "../../../i18n/zh/partner";
import { useNow } from "../../../lib/use-now";
import { toast } from "../../../wx/feedback";
import { usePageParam, usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { TaskTags } from "../_parts/task-tags";
import { Matter, PersonRow } from "./_parts/matter";
import "./index.scss";

const say = partner.task;
/** The order of the buttons; the rightmost, near the thumb, is the primary action. */
const order = ["refuse", "progress", "finish"] as const;

/** A co-handling task for the organization. All buttons come from the task's abilities. */
export default function Task(): ReactNode {
  const id = usePageParam("id");
  const query = useQuery("GET /api/co-tasks/:id", id === "" ? null : { params: { id } }, { poll: true });
  usePullToRefresh(query.refetch);
  const accept = useAction(async (key) => {
    try {
      await call("POST /api/co-tasks/:id/accept", { params: { id }, body: {} }, { idempotencyKey: key });
      toast(say.accepted);
    } finally {
      refreshQueries("GET /api/co-tasks");
    }
  });
  const abilities = query.data?.abilities ?? [];
  const steps = order.filter((action) => abilities.includes(action));
  const mayAccept = abilities.includes("accept");
  return (
    <Page
      title={say.title}
      problem={accept.error}
      foot={
        (mayAccept || steps.length > 0) && (
          <View className="task__foot">
            {steps.map((action) => (
              <Button
                key={action}
                kind={action === "finish" ? "primary" : "plain"}
                onPress={() => open("/subpackages/partner/step/index", { id, action })}
              >
                {partner.steps[action].button}
              </Button>
            ))}
            {mayAccept && (
              <Button kind="primary" pending={accept.pending} onPress={() => void accept.run()}>
                {say.accept}
              </Button>
            )}
          </View>
        )
      }
    >
      <QueryView query={query}>{(task) => <Detail task={task} />}</QueryView>
    </Page>
  );
}

function Detail({ task }: { task: CoTask }): ReactNode {
  const now = useNow();
  const { text, hours, askedBy, askedAt, reason, progress, result, handler, matter, abilities } = task;
  return (
    <>
      <Card className="task__now">
        <TaskTags task={task} now={now} />
        <View className="small">{say.wanted}</View>
        <View className="title">{text}</View>
        <View className="small">
          {[say.askedBy(askedBy), sayMoment(new Date(askedAt), now), say.hours(hours)].join(words.common.dot)}
        </View>
        {abilities.includes("accept") && <View className="small">{say.acceptHint}</View>}
      </Card>
      {reason !== null && (
        <Section title={say.reason}>
          <Card>{reason}</Card>
        </Section>
      )}
      <Matter matter={matter} waits={task.state === "asked"} />
      {result && (
        <Section title={say.result}>
          <Card>
            <View>{result.text}</View>
            <Photos files={result.files} />
          </Card>
        </Section>
      )}
      {progress.length > 0 && (
        <Section title={say.progress}>
          <Card>
            {progress.map((entry) => (
              <View key={entry.at} className="task__entry">
                <View>{entry.text}</View>
                <View className="small">{[entry.by, sayMoment(new Date(entry.at), now)].join(words.common.dot)}</View>
                <Photos files={entry.files} />
              </View>
            ))}
          </Card>
        </Section>
      )}
      {handler && (
        <Section title={say.handler}>
          <Card>
            <PersonRow name={handler.name} phone={handler.dutyPhone} hint={say.handlerHint} />
          </Card>
        </Section>
      )}
    </>
  );
}
