import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

/** `weak`: reported by WeChat only. */
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

/** The state of the network as the device reports it; good until then. */
export function useNetwork(): Network {
  return useSyncExternalStore(watch, network.get, network.get);
}
