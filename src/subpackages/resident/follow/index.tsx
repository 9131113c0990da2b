import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction, useMarkRead, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Flow } from "../../../components/flow";
import { NameCard } from "../../../components/name-card";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { StateTag } from "../../../components/state-tag";
import { words } from "../../../i18n";
import { collaborationStory } from "../../../i18n/zh/collaboration";
import { flowOf } from "../../../lib/flow";
import { stateOf } from "../../../lib/request-words";
import { useNow } from "../../../lib/use-now";
import { toast } from "../../../wx/feedback";
import { usePageParam, usePullToRefresh } from "../../../wx/lifecycle";
import { back, open } from "../../../wx/navigation";
import "./index.scss";

const say = collaborationStory.follow;

/** A neighbour's request that the person follows: progress and handler, without personal data of the owner. */
export default function FollowPage(): ReactNode {
  const id = usePageParam("id");
  const query = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } }, { poll: true });
  useMarkRead(query.data);
  usePullToRefresh(query.refetch);
  const leave = useAction(async (key) => {
    await call("POST /api/requests/:id/unfollow", { params: { id }, body: {} }, { idempotencyKey: key });
    // Only lists are invalidated, because the person may no longer be allowed to read this request.
    refreshQueries("GET /api/requests {");
    toast(words.steps.unfollow.done);
    back();
  });
  return (
    <Page title={say.title} problem={leave.error}>
      <QueryView query={query}>
        {(detail) => (
          <>
            <Followed detail={detail} />
            <View className="follow__buttons">
              <Button onPress={() => open("/pages/file/index")}>{say.own}</Button>
              {detail.abilities.includes("unfollow") && (
                <Button kind="quiet" pending={leave.pending} onPress={() => void leave.run()}>
                  {say.unfollow}
                </Button>
              )}
            </View>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Followed({ detail }: { detail: RequestDetail }): ReactNode {
  const now = useNow();
  const me = useMe();
  return (
    <>
      <Card className="follow__now">
        <StateTag {...stateOf(detail)} />
        <View className="title">{[detail.place.building, detail.serviceTitle].join(words.common.dot)}</View>
        <View className="small">{say.hint}</View>
        {detail.followers.count > 1 && <View className="small">{say.others(detail.followers.count)}</View>}
        <View className="small">{words.request.no(detail.requestNo)}</View>
      </Card>
      {detail.handler && (
        <Section title={say.handler}>
          <Card>
            <NameCard card={detail.handler} now={now} />
          </Card>
        </Section>
      )}
      <Section title={say.flow}>
        <Card>
          <Flow items={flowOf(detail, me?.id ?? null)} now={now} />
        </Card>
      </Section>
    </>
  );
}
