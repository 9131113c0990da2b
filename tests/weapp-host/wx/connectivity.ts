import type { Realm } from "../realm.ts";
import type { Maker } from "./api.ts";

/** The quality of the connection that WeChat reports. */
export type Connection = "good" | "weak" | "none";

type Listener = (state: object) => void;

/** The phone's reported connection, which tests can change. Requests are not affected. */
export interface Connectivity {
  api: Record<string, unknown>;
  becomes(connection: Connection): void;
}

export function createConnectivity(make: Maker, realm: Realm): Connectivity {
  let now: Connection = "good";
  const listeners = { NetworkStatusChange: new Set<Listener>(), NetworkWeakChange: new Set<Listener>() };
  const networkType = (): string => (now === "none" ? "none" : "wifi");
  const tell = (heard: ReadonlySet<Listener>, state: object): void => {
    for (const listener of heard) realm.guard(() => listener(realm.own(state)));
  };
  const api = Object.entries(listeners).flatMap(([name, heard]) => [
    [`on${name}`, (listener: Listener) => void heard.add(listener)],
    [`off${name}`, (listener?: Listener) => void (listener ? heard.delete(listener) : heard.clear())],
  ]);
  return {
    api: {
      ...Object.fromEntries(api),
      getNetworkType: make.async("getNetworkType", () => ({ networkType: networkType() })),
    },
    becomes(connection) {
      const before = now;
      now = connection;
      if ((before === "none") !== (now === "none"))
        tell(listeners.NetworkStatusChange, { isConnected: now !== "none", networkType: networkType() });
      if ((before === "weak") !== (now === "weak"))
        tell(listeners.NetworkWeakChange, { weakNet: now === "weak", networkType: networkType() });
    },
  };
}
