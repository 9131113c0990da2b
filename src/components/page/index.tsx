import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useEffect } from "react";
import { useMe } from "../../api";
import { words } from "../../i18n";
import { useLargeText } from "../../wx/large-text";
import { back } from "../../wx/navigation";
import { useOnline } from "../../wx/network";
import { enlargeOverPage } from "../../wx/over-page";
import { isH5 } from "../../wx/platform";
import { setTitle } from "../../wx/title";
import { Icon } from "../icon";
import { Pressable } from "../pressable";

interface Props {
  title: string;
  children: ReactNode;
  /** Stays at the bottom: the page's one primary action, or the tabs. */
  foot?: ReactNode;
  /** Tabs under the foot, on the pages where one starts. */
  tabs?: ReactNode;
  /** Over everything: a sheet. */
  overlay?: ReactNode;
}

/** The frame of every page: tokens (large text or not), the bar that H5 lacks, what to know about the network, content, foot. */
export function Page({ title, children, foot, tabs, overlay }: Props): ReactNode {
  const me = useMe();
  const large = useLargeText(me?.largeText ?? false);
  const online = useOnline();
  useEffect(() => setTitle(title), [title]);
  useEffect(() => {
    if (isH5) enlargeOverPage(large);
  }, [large]);
  return (
    <View className={`page ${large ? "page--large" : ""}`}>
      {isH5 && (
        <View className="nav">
          {tabs === undefined && (
            <Pressable className="nav__back" label={words.common.back} onPress={() => back()}>
              <Icon name="back" />
            </Pressable>
          )}
          <View className="nav__title">{title}</View>
        </View>
      )}
      {!online && (
        <View className="notice notice--wait">
          <Icon name="offline" />
          <View className="notice__words">{words.common.offline}</View>
        </View>
      )}
      <View className="page__body">{children}</View>
      {(foot !== undefined || tabs !== undefined) && (
        <View className="page__foot">
          {foot !== undefined && foot !== null && <View className="page__action">{foot}</View>}
          {tabs}
        </View>
      )}
      {overlay}
    </View>
  );
}
