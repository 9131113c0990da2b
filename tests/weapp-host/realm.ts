import { type Context, Script, createContext } from "node:vm";
import type { Log } from "./log.ts";

/** A JavaScript realm that has only the language: no Node, no DOM. */
export interface Realm {
  /** Runs a script and returns its last value. */
  run(source: string, filename: string): unknown;
  /** Defines globals for the scripts. */
  give(globals: Record<string, unknown>): void;
  /** A copy of a JSON value made of this realm's own objects, so that no object of the host's realm leaks in. */
  own<T>(value: T): T;
  /** Creates an error of this realm. */
  error(message: string): Error;
  /** Sets the realm's clock `ms` ahead of the real one. */
  goAhead(ms: number): void;
  /** Runs a callback of the app; its errors go to the log. */
  guard(callback: () => unknown): void;
}

/** Globals of every context that are missing in some of WeChat's engines. */
const missing = ["WebAssembly", "SharedArrayBuffer", "Atomics", "Intl"];

/** A `Date` whose current time can be shifted. The script returns the function that shifts it. */
const SHIFTED_DATE = `(() => {
  const real = Date;
  let ahead = 0;
  const now = () => real.now() + ahead;
  globalThis.Date = new Proxy(real, {
    construct: (target, args, self) => Reflect.construct(target, args.length ? args : [now()], self),
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
  return (ms) => { ahead = ms; };
})()`;

export function createRealm(name: string, log: Log): Realm {
  const context: Context = createContext({}, { name, codeGeneration: { strings: false, wasm: false } });
  const run = (source: string, filename: string): unknown => new Script(source, { filename }).runInContext(context);
  for (const global of missing) run(`delete globalThis.${global}`, name);
  const levels = ["log", "info", "warn", "error", "debug"] as const;
  const parse = run("JSON.parse", name) as typeof JSON.parse;
  const makeError = run("(message) => new Error(message)", name) as (message: string) => Error;
  const realm: Realm = {
    run,
    give: (globals) => void Object.assign(context, globals),
    own: <T>(value: T) => (value === undefined ? value : (parse(JSON.stringify(value)) as T)),
    error: makeError,
    goAhead: run(SHIFTED_DATE, name) as (ms: number) => void,
    guard(callback) {
      try {
        callback();
      } catch (thrown) {
        log.fault(thrown);
      }
    },
  };
  realm.give({
    console: Object.fromEntries(levels.map((level) => [level, (...args: unknown[]) => log.say(level, ...args)])),
  });
  return realm;
}

type Callback = (...args: unknown[]) => unknown;

/** The timers of WeChat's logic layer. Handles are numbers, and errors of callbacks do not reach the host. */
export function timersFor(realm: Realm): Record<string, unknown> {
  const handles = new Map<number, NodeJS.Timeout>();
  let last = 0;
  const start =
    (begin: (callback: () => void, delay: number) => NodeJS.Timeout, once: boolean) =>
    (callback: Callback, delay = 0, ...args: unknown[]): number => {
      const id = ++last;
      const run = (): void => {
        if (once) handles.delete(id);
        realm.guard(() => callback(...args));
      };
      handles.set(id, begin(run, delay));
      return id;
    };
  const stop = (id: number): void => {
    clearTimeout(handles.get(id));
    handles.delete(id);
  };
  return {
    setTimeout: start(setTimeout, true),
    setInterval: start(setInterval, false),
    clearTimeout: stop,
    clearInterval: stop,
  };
}
