import { useShareAppMessage } from "@tarojs/taro";
import { words } from "../i18n";

/**
 * Sharing any page shares only the start page, so that no personal data leave the app. The own picture prevents
 * WeChat from sharing a screenshot of the page. A page needs `enableShareAppMessage` in its config for WeChat's menu to
 * offer sharing.
 */
export function useNeutralShare(): void {
  useShareAppMessage(() => ({ title: words.wechat.share, path: "/pages/home/index", imageUrl: "/share-card.png" }));
}
