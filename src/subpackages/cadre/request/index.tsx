import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Action, RequestDetail } from "../../../../contract/index.ts";
import {
  type PlainStep,
  plainSteps,
  takePlainStep,
  useAction,
  useConsents,
  useMarkRead,
  useMe,
  useQuery,
} from "../../../api";
import { Button } from "../../../components/button";
import { FiledBy } from "../../../components/filed-by";
import { Flow } from "../../../components/flow";
import { NameCard } from "../../../components/name-card";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { RequestWords } from "../../../components/request-words";
import { Card, Section } from "../../../components/section";
import { Photos } from "../../../components/photos";
import { words } from "../../../i18n";
import { flowOf } from "../../../lib/flow";
import { staffButtons } from "../../../lib/staff-buttons";
import { useNow } from "../../../lib/use-now";
import { toast } from "../../../wx/feedback";
import { usePageParam, usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { Actions } from "./_parts/actions";
import { ProgressOnly } from "./_parts/progress-only";
import { CoHandling } from "./_parts/co-handling";
import { HandoverNote } from "./_parts/handover-note";
import { Knowledge } from "./_parts/knowledge";
import { Now } from "./_parts/now";
import { ResidentCard } from "./_parts/resident-card";
import "./index.scss";

/** A request for staff. All buttons come from its abilities. */
export default function StaffRequest(): ReactNode {
  const id = usePageParam("id");
  const query = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } }, { poll: true });
  useMarkRead(query.data);
  usePullToRefresh(query.refetch);
  const consents = useConsents();
  const plain = useAction(async (key, action: PlainStep) => {
    await takePlainStep(key, action, id);
    toast(words.steps[action].done);
  });

  function take(action: Action): void {
    if (isPlain(action)) {
      void plain.run(action);
      // Asked in the same tap and without waiting, so that the claim is not delayed.
      if (action === "claim") void consents.ask();
    } else if (action === "ask-transfer") open("/subpackages/cadre/transfer/index", { id });
    else if (action === "assign") open("/subpackages/cadre/assign/index", { id });
    else if (action === "hand-over") open("/subpackages/cadre/hand-over/index", { id });
    else if (action === "rate") open("/subpackages/resident/rate/index", { id });
    else open("/subpackages/cadre/step/index", { id, action });
  }

  const { foot, talk, other } = staffButtons(query.data?.abilities ?? []);
  return (
    <Page
      title={words.cadre.request.title}
      problem={plain.error}
      foot={
        foot.length > 0 && (
          <View className="staff-request__foot">
            {foot.map((action, index) => (
              <Button
                key={action}
                kind={index === foot.length - 1 ? "primary" : "plain"}
                pending={isPlain(action) && plain.pending}
                onPress={() => take(action)}
              >
                {words.steps[action].button}
              </Button>
            ))}
          </View>
        )
      }
    >
      <QueryView query={query}>
        {(detail) => <Detail detail={detail} talk={talk} other={other} take={take} />}
      </QueryView>
    </Page>
  );
}

const isPlain = (action: Action): action is PlainStep => (plainSteps as readonly Action[]).includes(action);

interface DetailProps {
  detail: RequestDetail;
  talk: readonly Action[];
  other: readonly Action[];
  take: (action: Action) => void;
}

function Detail({ detail, talk, other, take }: DetailProps): ReactNode {
  const say = words.request;
  const now = useNow();
  const me = useMe();
  return (
    <>
      {detail.handover && <HandoverNote note={detail.handover} now={now} />}
      <Now request={detail} now={now} />
      {detail.progressOnly ? <ProgressOnly request={detail} /> : <ResidentCard request={detail} />}
      <FiledBy request={detail} />
      <CoHandling request={detail} now={now} />
      <Actions title={words.cadre.request.talk} actions={talk} take={take} />
      {!detail.progressOnly && (
        <Section title={say.details}>
          <RequestWords request={detail} now={now} brief />
        </Section>
      )}
      {detail.knowledgeCard && <Knowledge card={detail.knowledgeCard} />}
      {detail.handler && detail.handler.id !== me?.id && (
        <Section title={say.handler}>
          <Card>
            <NameCard card={detail.handler} now={now} />
          </Card>
        </Section>
      )}
      {detail.result && (
        <Section title={say.result}>
          <Card className="staff-request__result">
            <View>{detail.result.text}</View>
            <Photos files={detail.result.files} />
          </Card>
        </Section>
      )}
      <Section title={say.flow}>
        <Card>
          <Flow items={flowOf(detail, me?.id ?? null)} now={now} />
        </Card>
      </Section>
      <Actions title={words.cadre.request.other} actions={other} take={take} quiet />
    </>
  );
}
