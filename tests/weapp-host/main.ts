import type { HostOptions } from "./host.ts";
import { openHost } from "./host.ts";
import { serve } from "./protocol.ts";
import type { Connection } from "./wx/connectivity.ts";

/** Messages from the parent process. */
export type FromParent =
  | { code: { id: number; code: string } }
  | { traffic: { id: number } }
  | { connection: Connection }
  | { ahead: number };
/** Messages to the parent process: ready with its port, a request for a code, or the traffic of each page. */
export type FromHost =
  | { ready: number }
  | { code: { id: number; what: "login" | "phone" } }
  | { traffic: { id: number; pages: { path: string; calls: number; bytes: number }[] } };

/**
 * The host as a process, like the developer tools: `node main.ts '<options as JSON>'`, started with an IPC channel.
 * Errors
 * that the app does not catch go to its log.
 */
const { port = 0, ...options } = JSON.parse(process.argv[2] ?? "{}") as Omit<HostOptions, "code"> & { port?: number };
const tell = (message: FromHost): void => void process.send?.(message);
const waiting = new Map<number, (code: string) => void>();
let lastId = 0;

const host = openHost({
  ...options,
  code: (what) =>
    new Promise((resolve) => {
      waiting.set(++lastId, resolve);
      tell({ code: { id: lastId, what } });
    }),
});
process.on("unhandledRejection", (reason) => host.log.fault(reason));
process.on("disconnect", () => process.exit());
process.on("message", (message: FromParent) => {
  if ("code" in message) waiting.get(message.code.id)?.(message.code.code);
  else if ("ahead" in message) host.realm.goAhead(message.ahead);
  else if ("connection" in message) host.connectivity.becomes(message.connection);
  else {
    const pages = host.stack.pages.map(({ path, data }) => ({ path, ...data.traffic }));
    tell({ traffic: { id: message.traffic.id, pages } });
  }
});
tell({ ready: await serve(host, port) });
