import { usePageNotFound } from "@tarojs/taro";
import { useEffect } from "react";
import { words } from "../i18n";
import { toast } from "./feedback";
import { restartAt } from "./navigation";
import { watchPrivacy } from "./privacy";
import { watchUpdates } from "./update";

/** What the platform tells the app as a whole, from its start on. */
export function usePlatformEvents(): void {
  useEffect(() => {
    watchUpdates();
    watchPrivacy();
  }, []);
  usePageNotFound(redirectUnknownPage);
}

/** Home from a page that is not there: an old link, or one that was cut off on its way. */
export function redirectUnknownPage(): void {
  restartAt("/pages/home/index");
  toast(words.wechat.pageNotFound);
}
