import { usePageNotFound } from "@tarojs/taro";
import { useEffect } from "react";
import { words } from "../i18n";
import { toast } from "./feedback";
import { restartAt } from "./navigation";
import { watchPrivacy } from "./privacy";
import { watchUpdates } from "./update";

/** Subscribes to the platform's events for the whole app. */
export function usePlatformEvents(): void {
  useEffect(() => {
    watchUpdates();
    watchPrivacy();
  }, []);
  usePageNotFound(redirectUnknownPage);
}

/** Redirects an unknown page, such as from an old or truncated link, to the start page. */
export function redirectUnknownPage(): void {
  restartAt("/pages/home/index");
  toast(words.wechat.pageNotFound);
}
