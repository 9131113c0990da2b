import type { Log } from "./log.ts";
import type { Realm } from "./realm.ts";

/** The data from the app's scripts to the view: calls of setData, and their size as JSON. */
export interface Traffic {
  calls: number;
  bytes: number;
}

/** The two copies of a page's data. The app's own changes at once; the view's gets patches as JSON. */
export interface PageData {
  setData(patch: Record<string, unknown>, done?: () => void): void;
  /** The view's copy. */
  shown: Record<string, unknown>;
  /** Changes with every patch that arrives at the view. */
  version(): number;
  traffic: Traffic;
}

/** The most that WeChat accepts in one call. */
const MAX_BYTES = 1024 * 1024;

export function createPageData(data: Record<string, unknown>, realm: Realm, log: Log): PageData {
  const view = structuredCopy(data);
  const traffic: Traffic = { calls: 0, bytes: 0 };
  let version = 0;
  return {
    traffic,
    shown: view,
    version: () => version,
    setData(patch, done) {
      const sent = JSON.stringify(patch);
      traffic.calls += 1;
      traffic.bytes += Buffer.byteLength(sent);
      if (Buffer.byteLength(sent) > MAX_BYTES) log.say("error", `setData of ${sent.length} bytes exceeds 1024 KB`);
      for (const [path, value] of Object.entries(patch)) {
        if (value === undefined) log.say("error", `Setting data field "${path}" to undefined is invalid.`);
        put(data, path, value);
      }
      setImmediate(() => {
        for (const [path, value] of Object.entries(JSON.parse(sent) as object)) put(view, path, value);
        version += 1;
        if (done) realm.guard(done);
      });
    },
  };
}

const structuredCopy = (data: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(data)) as Record<string, unknown>;

/** Sets the value at a path such as `root.cn.[0].v` or `list[2].name`, and creates missing objects and arrays. */
export function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  let at = target;
  keys.slice(0, -1).forEach((key, n) => {
    const next = at[key];
    if (typeof next !== "object" || next === null) at[key] = /^\d+$/.test(keys[n + 1] ?? "") ? [] : {};
    at = at[key] as Record<string, unknown>;
  });
  at[keys.at(-1) ?? ""] = value;
}

/** The value at a path; the whole data for an empty path. */
export function pick(data: unknown, path = ""): unknown {
  const keys: readonly string[] = path.match(/[^.[\]]+/g) ?? [];
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], data);
}
