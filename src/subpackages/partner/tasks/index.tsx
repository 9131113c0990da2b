import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { useMe, useQuery } from "../../../api";
import { Page } from "../../../components/page";
import { Pressable } from "../../../components/pressable";
import { QueryView } from "../../../components/query-view";
import { Segments } from "../../../components/segments";
import { Empty } from "../../../components/states";
import { TabBar } from "../../../components/tab-bar";
import { words } from "../../../i18n";
import { sayAgo } from "../../../i18n/time-words";
import { partner } from "../../../i18n/zh/partner";
import { useNow } from "../../../lib/use-now";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { TaskTags } from "../_parts/task-tags";
import "./index.scss";

const LIMIT = 50;
const scopes = ["asked", "accepted", "ended"] as const;

/** The organization's tasks: to be answered, accepted, ended. */
export default function Tasks(): ReactNode {
  const say = partner.list;
  const now = useNow();
  const [scope, setScope] = useState<(typeof scopes)[number]>("asked");
  const isPartner = useMe()?.actingAs.role === "partner";
  const query = useQuery("GET /api/co-tasks", isPartner ? { query: { scope, limit: LIMIT } } : null, { poll: true });
  usePullToRefresh(query.refetch);
  return (
    <Page title={say.title} tabs={<TabBar current="/subpackages/partner/tasks/index" />}>
      <Segments segments={scopes.map((code) => ({ code, text: say[code] }))} current={scope} onChoose={setScope} />
      {!isPartner && <Empty icon="person" title={say.otherRole} />}
      {isPartner && (
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="tray" title={say.empty[scope]} hint={say.emptyHint} />
            ) : (
              items.map((task) => (
                <Pressable
                  key={task.id}
                  className="card tasks__row"
                  onPress={() => open("/subpackages/partner/task/index", { id: task.id })}
                >
                  <TaskTags task={task} now={now} />
                  <View className="strong">{task.text}</View>
                  <View className="small">
                    {[task.serviceTitle, task.matter?.place.building ?? "", sayAgo(new Date(task.askedAt), now)]
                      .filter((word) => word !== "")
                      .join(words.common.dot)}
                  </View>
                </Pressable>
              ))
            )
          }
        </QueryView>
      )}
    </Page>
  );
}
