import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

/** `weak`: WeChat finds it slow; only it can tell. */
type Network = "good" | "weak" | "none";

const network = createStore<Network>("good");
let watching = false;

function watch(listener: () => void): () => void {
  if (!watching) {
    watching = true;
    Taro.onNetworkStatusChange(({ isConnected }) => network.set(isConnected ? "good" : "none"));
    if (!isH5 && Taro.canIUse("onNetworkWeakChange")) {
      Taro.onNetworkWeakChange(({ weakNet, networkType }) => {
        network.set(networkType === "none" ? "none" : weakNet ? "weak" : "good");
      });
    }
    Taro.getNetworkType()
      .then(({ networkType }) => networkType === "none" && network.set("none"))
      .catch(() => undefined);
  }
  return network.subscribe(listener);
}

/** What the device says of its network. Good until it says otherwise. */
export function useNetwork(): Network {
  return useSyncExternalStore(watch, network.get, network.get);
}
