import { View } from "@tarojs/components";
import { type ReactNode, useEffect, useState } from "react";
import type { Request } from "../../../contract/index.ts";
import { chooseCommunity, mayCallAsUser, useCommunity, useMe, useQuery } from "../../api";
import { Icon } from "../../components/icon";
import { Page } from "../../components/page";
import { Pressable } from "../../components/pressable";
import { ChoiceSheet } from "../../components/sheet";
import { TabBar } from "../../components/tab-bar";
import { words } from "../../i18n";
import { partOfDay } from "../../i18n/time-words";
import { deskOf } from "../../lib/roles";
import { useNow } from "../../lib/use-now";
import { wallClock } from "../../../fronts/wall-clock.ts";
import { drafts } from "../../wx/drafts";
import { usePageShow, usePullToRefresh } from "../../wx/lifecycle";
import { open, restartAt } from "../../wx/navigation";
import { useNeutralShare } from "../../wx/share";
import { DutyNow } from "./_parts/duty-now";
import { MyOpen } from "./_parts/my-open";
import { TextSize } from "./_parts/text-size";
import "./index.scss";

/** The residents' start page: cadres on duty, the button to file, and open requests. */
export default function Home(): ReactNode {
  const me = useMe();
  const now = useNow();
  const community = useCommunity();
  const [choosing, setChoosing] = useState(false);
  const [draftWaits, setDraftWaits] = useState(false);
  const duty = useQuery(
    "GET /api/communities/:id/duty",
    community.id === null ? null : { params: { id: community.id } },
    { poll: true },
  );
  const asUser = mayCallAsUser(me);
  const ongoing = useQuery("GET /api/requests", asUser ? { query: { scope: "mine", open: "true" } } : null, {
    poll: true,
  });
  const toRate = useQuery("GET /api/requests", asUser ? { query: { scope: "mine", status: "resolved" } } : null, {
    poll: true,
  });
  const desk = deskOf(me);

  useNeutralShare();
  usePageShow(() => setDraftWaits(drafts.waiting()));
  usePullToRefresh(() => Promise.all([community.list.refetch(), duty.refetch(), ongoing.refetch(), toRate.refetch()]));
  useEffect(() => {
    if (desk !== null) restartAt(desk);
  }, [desk]);

  const { hour } = wallClock(now);
  const mine: Request[] = [...(toRate.data?.items ?? []), ...(ongoing.data?.items ?? [])];
  return (
    <Page
      title={words.home.title}
      tabs={<TabBar current="/pages/home/index" />}
      overlay={
        choosing && (
          <ChoiceSheet
            title={words.home.chooseCommunity}
            options={(community.list.data?.items ?? []).map(({ id, name, subdistrict }) => ({
              code: id,
              text: name,
              hint: subdistrict,
            }))}
            chosen={community.id}
            onChoose={chooseCommunity}
            onClose={() => setChoosing(false)}
          />
        )
      }
    >
      <View className="home__hello">
        <View className="home__greeting">{words.home.greeting(partOfDay(now), me?.name ?? null)}</View>
        {community.id !== null && (
          <Pressable
            className="home__community"
            label={words.home.changeCommunity(community.name)}
            onPress={() => setChoosing(true)}
          >
            <View>{community.name}</View>
            <Icon name="down" />
          </Pressable>
        )}
      </View>
      {/* Above all that loads: it must not move under a finger. */}
      <Pressable className="home__find" onPress={() => open("/pages/file/index")}>
        <View className="home__find-name">{words.home.find}</View>
        <View className="home__find-hint">
          {draftWaits ? words.home.draftWaits : words.home.findHint(hour >= 17 || hour < 7)}
        </View>
      </Pressable>
      <TextSize />
      <DutyNow community={community} duty={duty} now={now} />
      <MyOpen mine={mine} known={ongoing.data !== undefined} problem={ongoing.error} signedIn={asUser} now={now} />
    </Page>
  );
}
