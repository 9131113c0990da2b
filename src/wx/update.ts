import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

const ready = createStore(false);

/** Hears when WeChat has fetched a new version of the app. H5 is new at each load. */
export function watchUpdates(): void {
  if (isH5 || !Taro.canIUse("getUpdateManager")) return;
  Taro.getUpdateManager().onUpdateReady(() => ready.set(true));
}

/** Whether a new version waits. It is offered where one starts, never over something half written. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(ready.subscribe, ready.get, ready.get);
}

/** Starts the app again, in its new version. */
export function applyUpdate(): void {
  Taro.getUpdateManager().applyUpdate();
}
