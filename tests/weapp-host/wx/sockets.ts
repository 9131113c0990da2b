import { WebSocket } from "ws";
import type { Log } from "../log.ts";
import type { Realm } from "../realm.ts";
import { type Maker, type Options, Refusal } from "./api.ts";
import { type Domains, reach } from "./domains.ts";

/** The most open sockets. */
const MAX_SOCKETS = 5;
type Listener = (event: object) => void;

/** `wx.connectSocket`: at most five open sockets; a sixth is refused. */
export function socketApi(make: Maker, realm: Realm, domains: Domains, log: Log): Record<string, unknown> {
  const open = new Set<Options>();
  const tasks = new WeakMap<Options, { connect(url: string): void; task: object }>();

  function prepare(options: Options): { connect(url: string): void; task: object } {
    const listeners: Record<string, Listener[]> = { open: [], message: [], error: [], close: [] };
    const tell = (type: string, event: object): void =>
      listeners[type]?.forEach((listener) => realm.guard(() => listener(realm.own(event))));
    let socket: WebSocket | null = null;
    const on = (type: string) => (listener: Listener) => void listeners[type]?.push(listener);
    return {
      connect(url) {
        socket = new WebSocket(url, (options["protocols"] as string[] | undefined) ?? []);
        socket.on("open", () => tell("open", { header: {} }));
        socket.on("message", (data) => tell("message", { data: (data as Buffer).toString() }));
        socket.on("error", (error) => tell("error", { errMsg: error.message }));
        socket.on("close", (code, reason) => {
          open.delete(options);
          tell("close", { code, reason: String(reason) });
        });
      },
      task: {
        onOpen: on("open"),
        onMessage: on("message"),
        onError: on("error"),
        onClose: on("close"),
        send: make.async("sendSocketMessage", ({ data }) => {
          if (socket?.readyState !== WebSocket.OPEN) throw new Refusal("SocketTask.readyState is not OPEN");
          socket.send(data as string);
        }),
        close: make.async("closeSocket", ({ code = 1000, reason = "" }) =>
          socket?.close(code as number, reason as string),
        ),
      },
    };
  }

  const prepared = (options: Options): { connect(url: string): void; task: object } => {
    const known = tasks.get(options) ?? prepare(options);
    tasks.set(options, known);
    return known;
  };

  return {
    connectSocket: make.async(
      "connectSocket",
      (options) => {
        const url = reach(options["url"], "wss:", domains, log);
        if (open.size >= MAX_SOCKETS) throw new Refusal("exceed max task count");
        open.add(options);
        prepared(options).connect(url);
      },
      { task: (options) => prepared(options).task },
    ),
  };
}
