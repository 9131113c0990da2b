import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { NearRequest } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { Card } from "../../../components/section";
import { StateTag } from "../../../components/state-tag";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { sayAgo } from "../../../i18n/time-words";
import { collaborationStory } from "../../../i18n/zh/collaboration";
import { nearbyResults } from "../../../lib/nearby-results";
import { useNow } from "../../../lib/use-now";
import { drafts } from "../../../wx/drafts";
import { toast } from "../../../wx/feedback";
import { back, replace } from "../../../wx/navigation";
import "./index.scss";

const say = collaborationStory.near;

/**
 * Shown before filing when neighbours have filed similar requests. The person can follow one instead of filing another.
 */
export default function NearPage(): ReactNode {
  const { items } = nearbyResults;
  const follow = useAction(async (key, id: string) => {
    await call("POST /api/requests/:id/follow", { params: { id }, body: {} }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    drafts.clear();
    toast(words.steps.follow.done);
    replace("/subpackages/resident/follow/index", { id });
  });

  function anyway(): void {
    nearbyResults.anyway = true;
    back();
  }

  function take({ id, mine }: NearRequest): void {
    if (mine === null) void follow.run(id);
    else replace("/pages/request/index", { id });
  }

  if (items.length === 0)
    return (
      <Page title={say.title}>
        <Empty
          title={say.none}
          hint={say.noneHint}
          action={{ text: say.back, onPress: () => replace("/pages/file/index") }}
        />
      </Page>
    );
  return (
    <Page title={say.title} problem={follow.error} foot={<Button onPress={anyway}>{say.anyway}</Button>}>
      <View>
        <View className="title">{say.lead}</View>
        <View className="small">{say.hint}</View>
      </View>
      {items.map((near) => (
        <NearCard key={near.id} near={near} pending={follow.pending} onTake={() => take(near)} />
      ))}
    </Page>
  );
}

function NearCard({ near, pending, onTake }: { near: NearRequest; pending: boolean; onTake: () => void }): ReactNode {
  const now = useNow();
  const { serviceTitle, building, submittedAt, handler, followers, alike, mine } = near;
  const known = { filed: say.own, followed: say.ownFollowed };
  const facts = [
    say.filed(sayAgo(new Date(submittedAt), now)),
    handler ? say.handledBy(handler.name) : say.waiting,
    ...(followers > 0 ? [say.followers(followers)] : []),
  ];
  return (
    <Card className="near__card">
      <View className="near__top">
        <View className="strong">{[building, serviceTitle].join(words.common.dot)}</View>
        {mine !== null && <StateTag word={known[mine]} icon="person" tone="good" />}
        {mine === null && alike && <StateTag word={say.alike} icon="check" tone="wait" />}
      </View>
      <View className="small">{facts.join(words.common.dot)}</View>
      <Button kind="primary" pending={pending} onPress={onTake}>
        {mine === null ? say.follow : say.see}
      </Button>
    </Card>
  );
}
