import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";

const online = createStore(true);
let watching = false;

function watch(listener: () => void): () => void {
  if (!watching) {
    watching = true;
    Taro.onNetworkStatusChange(({ isConnected }) => online.set(isConnected));
    Taro.getNetworkType()
      .then(({ networkType }) => online.set(networkType !== "none"))
      .catch(() => undefined);
  }
  return online.subscribe(listener);
}

/** Whether the device says it has a network. True until it says otherwise. */
export function useOnline(): boolean {
  return useSyncExternalStore(watch, online.get, online.get);
}
