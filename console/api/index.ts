import { createClient } from "./client.ts";
import { type SessionStore, browserSessionStore } from "./session-store.ts";

/** The tokens of this browser's login. */
export const session: SessionStore = browserSessionStore();

const locked = async <T>(task: () => Promise<T>): Promise<T> =>
  // Web Locks exist only in secure contexts; a console on plain http inside an office still refreshes, tab by tab.
  "locks" in navigator ? navigator.locks.request("dianxiaoer.console.refresh", task) : task();

/** The API, with this browser's login. */
export const { call, read, fetchFile, sendFile } = createClient({
  fetch: (...args) => fetch(...args),
  store: session,
  lock: locked,
  timeout: 15_000,
});
