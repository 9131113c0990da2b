import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Host } from "./host.ts";
import type { Emit, Method } from "./protocol-method.ts";
import { appMethods } from "./protocol-app.ts";
import { pageMethods } from "./protocol-page.ts";

/** Serves `miniprogram-automator` on loopback like WeChat's developer tools. Resolves with the port. */
export async function serve(host: Host, port: number): Promise<number> {
  const server = new WebSocketServer({ host: "127.0.0.1", port });
  server.on("connection", (socket) => answer(host, socket));
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

function answer(host: Host, socket: WebSocket): void {
  const emit: Emit = (method, params) => socket.send(JSON.stringify({ method, params }));
  const methods: Record<string, Method> = { ...appMethods(host, emit), ...pageMethods(host) };

  socket.on("message", (data) => {
    const { id, method, params } = JSON.parse((data as Buffer).toString()) as {
      id: string;
      method: string;
      params: never;
    };
    void run(method, params).then(
      (result) => socket.send(JSON.stringify({ id, result: result ?? {} })),
      (error: unknown) => socket.send(JSON.stringify({ id, error: { message: messageOf(error) } })),
    );
  });

  async function run(method: string, params: never): Promise<unknown> {
    const found = methods[method];
    if (!found) throw new Error(`not answered by the host: ${method}`);
    const result: unknown = await found(params);
    // Pending changes of the app are rendered before the client's next call.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    return result;
  }
}

/** The message of an error of any realm, or of a failure of `wx`. */
const messageOf = (error: unknown): string => {
  const { message, errMsg } = (error ?? {}) as { message?: string; errMsg?: string };
  return message ?? errMsg ?? String(error);
};
