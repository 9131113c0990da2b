import { useShareAppMessage } from "@tarojs/taro";
import { words } from "../i18n";

/**
 * What is shared of any page is the way in, and nothing of the page: no number, no name, no words of anybody. Without
 * a picture of our own WeChat would draw the top of the page. The page's settings say `enableShareAppMessage`;
 * without it WeChat's menu offers no sharing.
 */
export function useNeutralShare(): void {
  useShareAppMessage(() => ({ title: words.wechat.share, path: "/pages/home/index", imageUrl: "/share-card.png" }));
}
