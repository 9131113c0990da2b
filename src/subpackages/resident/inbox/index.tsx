import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Notice } from "../../../../contract/index.ts";
import { placeOf } from "../../../../fronts/notice-place.ts";
import { call, refreshQueries, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { Pressable } from "../../../components/pressable";
import { QueryView } from "../../../components/query-view";
import { Empty, Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { sayAgo } from "../../../i18n/time-words";
import { isStaff } from "../../../lib/roles";
import { useNow } from "../../../lib/use-now";
import { pageOfLanding } from "../../../modules";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import "./index.scss";

const LIMIT = 50;

/** The person's notices, newest first. A tap opens what a notice is about. */
export default function Inbox(): ReactNode {
  const say = words.account.inbox;
  const now = useNow();
  const staff = isStaff(useMe());
  const query = useQuery("GET /api/inbox", { query: { limit: LIMIT } }, { poll: true });
  usePullToRefresh(query.refetch);
  const read = useAction(async (_key, ids: string[] | undefined) => {
    await call("POST /api/inbox/read", { body: { ids } });
    refreshQueries("GET /api/inbox");
  });

  function follow(notice: Notice): void {
    if (notice.readAt === null) void read.run([notice.id]);
    const place = placeOf(notice);
    if (!place) return undefined;
    switch (place.kind) {
      case "photos":
        // The committee reviews photos in the console.
        return undefined;
      case "request":
        if (staff) return open("/subpackages/cadre/request/index", { id: place.id });
        return open("/pages/request/index", { id: place.id });
      case "task":
        return open("/subpackages/partner/task/index", { id: place.id });
      case "roster":
        return open("/subpackages/cadre/shifts/index");
      case "hand-over":
        return open("/subpackages/cadre/hand-over/index");
      case "devices":
        return open("/subpackages/me/devices/index");
      default: {
        const page = pageOfLanding(place.kind);
        return page && open(page);
      }
    }
  }

  return (
    <Page title={say.title}>
      <Problem message={read.error} />
      <QueryView query={query}>
        {({ items, unread }) =>
          items.length === 0 ? (
            <Empty icon="bell" title={say.empty} hint={say.emptyHint} />
          ) : (
            <>
              {items.map((notice) => (
                <Pressable key={notice.id} className="card inbox__row" onPress={() => follow(notice)}>
                  <View className={notice.readAt === null ? "strong" : ""}>{notice.text}</View>
                  <View className="inbox__bottom">
                    <View className="small">{sayAgo(new Date(notice.at), now)}</View>
                    {notice.readAt === null && <View className="badge">{say.unread}</View>}
                  </View>
                </Pressable>
              ))}
              {unread > 0 && (
                <Button kind="quiet" pending={read.pending} onPress={() => void read.run(undefined)}>
                  {say.readAll}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
