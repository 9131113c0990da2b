import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useMe, useUnread } from "../../api";
import { deskOf } from "../../lib/roles";
import { words } from "../../i18n";
import { type PagePath, replace } from "../../wx/navigation";
import { Icon, type IconName } from "../icon";
import { Pressable } from "../pressable";

type TabPath = Extract<
  PagePath,
  | "/pages/home/index"
  | "/pages/requests/index"
  | "/pages/me/index"
  | "/subpackages/cadre/queue/index"
  | "/subpackages/cadre/handling/index"
  | "/subpackages/partner/tasks/index"
>;

interface Tab {
  path: TabPath;
  icon: IconName;
  name: string;
}

const me: Tab = { path: "/pages/me/index", icon: "person", name: words.common.tabs.me };
const residentTabs: readonly Tab[] = [
  { path: "/pages/home/index", icon: "home", name: words.common.tabs.home },
  { path: "/pages/requests/index", icon: "list", name: words.common.tabs.requests },
  me,
];
const staffTabs: readonly Tab[] = [
  { path: "/subpackages/cadre/queue/index", icon: "tray", name: words.common.tabs.queue },
  { path: "/subpackages/cadre/handling/index", icon: "list", name: words.common.tabs.handling },
  me,
];

const partnerTabs: readonly Tab[] = [
  { path: "/subpackages/partner/tasks/index", icon: "tray", name: words.common.tabs.tasks },
  me,
];

function tabsOf(desk: ReturnType<typeof deskOf>): readonly Tab[] {
  if (desk === null) return residentTabs;
  return desk === "/subpackages/partner/tasks/index" ? partnerTabs : staffTabs;
}

const MAX_SHOWN = 99;

/**
 * The tabs of the role in use. WeChat's own tab bar cannot change with the role and cannot contain subpackage pages.
 */
export function TabBar({ current }: { current: TabPath }): ReactNode {
  const tabs = tabsOf(deskOf(useMe()));
  const unread = useUnread();
  return (
    <View className="tab-bar">
      {tabs.map(({ path, icon, name }) => (
        <Pressable
          key={path}
          className={`tab-bar__tab ${path === current ? "tab-bar__tab--current" : ""}`}
          chosen={path === current}
          label={path === me.path && unread > 0 ? words.common.tabs.unread(name, unread) : undefined}
          onPress={() => {
            if (path !== current) replace(path);
          }}
        >
          <Icon name={icon} />
          <View className="tab-bar__name">{name}</View>
          {path === me.path && unread > 0 && (
            <View className="tab-bar__badge">{unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}</View>
          )}
        </Pressable>
      ))}
    </View>
  );
}
