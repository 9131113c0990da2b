import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Notice } from "../../../../contract/index.ts";
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
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import "./index.scss";

const LIMIT = 50;

/** What I was told, the newest first; a tap leads to the request, or to my complaints. */
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

  function follow({ id, type, readAt, requestId, taskId }: Notice): void {
    if (readAt === null) void read.run([id]);
    if (type === "account.new_device") open("/subpackages/me/devices/index");
    if (type.startsWith("complaint.")) open("/subpackages/me/complaint/index");
    if (taskId !== null) return open("/subpackages/partner/task/index", { id: taskId });
    if (/^(roster|shift|leave)\./.test(type)) open("/subpackages/cadre/shifts/index");
    if (type.startsWith("duty.")) open("/subpackages/cadre/hand-over/index");
    if (requestId === null) return;
    if (staff) open("/subpackages/cadre/request/index", { id: requestId });
    else open("/pages/request/index", { id: requestId });
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
