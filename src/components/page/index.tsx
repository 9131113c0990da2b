import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useEffect } from "react";
import { type ApiError, useMe } from "../../api";
import { words } from "../../i18n";
import { useLargeText } from "../../wx/large-text";
import { back } from "../../wx/navigation";
import { useInFront } from "../../wx/lifecycle";
import { useNetwork } from "../../wx/network";
import { enlargeOverPage } from "../../wx/over-page";
import { isH5 } from "../../wx/platform";
import { usePrivacyAsked } from "../../wx/privacy";
import { setTitle } from "../../wx/title";
import { applyUpdate, useUpdateReady } from "../../wx/update";
import { Button } from "../button";
import { Icon } from "../icon";
import { Pressable } from "../pressable";
import { PrivacySheet } from "../privacy-sheet";
import { Problem } from "../states";

interface Props {
  title: string;
  children: ReactNode;
  /** Fixed at the bottom: the page's one primary action. */
  foot?: ReactNode;
  /** The error of the primary action, shown beside its button. */
  problem?: ApiError | string | null;
  /** The tab bar below the foot, on start pages. */
  tabs?: ReactNode;
  /** An element over the page, such as a sheet. */
  overlay?: ReactNode;
}

/** The frame of every page: text size, the title bar that H5 lacks, the network notice, content, foot. */
export function Page({ title, children, foot, problem, tabs, overlay }: Props): ReactNode {
  const me = useMe();
  const large = useLargeText(me?.largeText ?? false);
  const network = useNetwork();
  const updateReady = useUpdateReady();
  const inFront = useInFront();
  const privacyAsked = usePrivacyAsked();
  useEffect(() => setTitle(title), [title]);
  useEffect(() => {
    // Written out, so that the bundler can drop the branch.
    if (process.env.TARO_ENV === "h5") enlargeOverPage(large);
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
      {network !== "good" && (
        <View className="notice notice--wait">
          <Icon name="offline" />
          <View className="notice__words">{network === "none" ? words.common.offline : words.common.weakNetwork}</View>
        </View>
      )}
      {updateReady && tabs !== undefined && (
        <View className="notice notice--good notice--row">
          <View className="notice__words">{words.wechat.updateReady}</View>
          <Button onPress={applyUpdate}>{words.wechat.updateNow}</Button>
        </View>
      )}
      <View className="page__body">{children}</View>
      {(foot !== undefined || tabs !== undefined) && (
        <View className="page__foot">
          <Problem message={problem} />
          {Boolean(foot) && <View className="page__action">{foot}</View>}
          {tabs}
        </View>
      )}
      {overlay}
      {privacyAsked && inFront && <PrivacySheet />}
    </View>
  );
}
