import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

const ready = createStore(false);

/** Watches for new versions of the app that WeChat has downloaded. H5 loads the newest version anyway. */
export function watchUpdates(): void {
  if (isH5 || !Taro.canIUse("getUpdateManager")) return;
  Taro.getUpdateManager().onUpdateReady(() => ready.set(true));
}

/** Whether a new version is ready. It is offered on start pages only, so that no input is lost. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(ready.subscribe, ready.get, ready.get);
}

/** Restarts the app in its new version. */
export function applyUpdate(): void {
  Taro.getUpdateManager().applyUpdate();
}
