import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { createLiveTail } from "../../../server/log/live-tail.ts";
import { createHttpServer } from "../../../server/kernel/http/http-server.ts";
import { createLive } from "../../../server/core/http/live/live.ts";
import { drain } from "../../../server/kernel/http/drain.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";
import { liveClient, tokenOf } from "../../support/live.ts";
import { startServer } from "../../support/server-process.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { uri, name } = freshDatabase();
const server = await startServer({ database: { uri, name }, dataDir: await dataFolder() });
afterAll(() => server.end("SIGKILL"));

const asking = (path: string, upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n"): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`;
/** Invalid upgrade requests: incomplete headers, or another path. */
const refused = ["/api/live", "/nothing"].map((path) => asking(path));

function caller(base: string): Socket {
  const { hostname, port } = new URL(base);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  return socket.on("error", () => undefined);
}

/** Resolves on the event or on the close of the connection. */
const first = (socket: Socket, event: "data" | "connect"): Promise<unknown> =>
  new Promise((resolve) => socket.once(event, resolve).once("close", resolve));

/** Starts a server that refuses every handshake, because its budget of connections is used up. */
async function crowded() {
  const http = createHttpServer((_request, reply) => reply.end("well"));
  const budgets = { ...world.deps.budgets, ofAddress: () => 1 };
  createLive({ deps: { ...world.deps, budgets }, tail: world.tail }).attach(http);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return { http, base: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

describe("a handshake that is refused", () => {
  it("does not crash the server when its caller hangs up at any moment", { timeout: 60_000 }, async () => {
    for (let n = 0; n < 20; n++) {
      for (const words of refused) {
        const told = caller(server.base);
        told.write(words);
        await first(told, "data");
        told.resetAndDestroy();
        const asked = caller(server.base);
        await first(asked, "connect");
        asked.write(words);
        setImmediate(() => asked.resetAndDestroy());
      }
    }
    expect((await fetch(`${server.base}/healthz`)).status, server.lines.slice(-5).join("\n")).toBe(200);
    expect(server.child.exitCode).toBeNull();
  });

  it("is closed even when its caller does not hang up, and does not delay a stop", async () => {
    const { http, base } = await crowded();
    const accepted = once(http, "connection") as Promise<[Socket]>;
    const socket = caller(base).resume();
    socket.write(asking("/api/live"));
    const [theirs] = await accepted;
    await expect.poll(() => theirs.destroyed).toBe(true);
    await drain(http, 10_000);
    socket.destroy();
  });
});

it("an upgrade to another protocol is ignored, and the request is answered", async () => {
  const socket = caller(server.base);
  socket.write(
    asking(
      "/healthz",
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n",
    ),
  );
  const [said] = (await once(socket, "data")) as [Buffer];
  expect(said.toString()).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

it("with the database unreachable the first caller is told to retry, and the next is accepted", async () => {
  const { store } = world.deps;
  let away = true;
  const offsetsOf: typeof store.partitions.offsetsOf = async (consumer) => {
    if (away) throw new Error("the database is away");
    return store.partitions.offsetsOf(consumer);
  };
  const partitions = { ...store.partitions, offsetsOf };
  const tail = createLiveTail({ store: { ...store, partitions }, log: pino({ level: "silent" }), after: "notices" });
  const live = createLive({ deps: { ...world.deps, log: pino({ level: "silent" }) }, tail });
  const http = createServer();
  live.attach(http);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const hello = { type: "hello", token: tokenOf(world, await world.cadre()) } as const;
  const rejected: unknown[] = [];
  const hear = (reason: unknown): void => void rejected.push(reason);
  process.on("unhandledRejection", hear);
  expect(await (await liveClient(base, hello)).closed).toBe(1011);
  away = false;
  const client = await liveClient(base, hello);
  await expect.poll(() => client.frames.map(({ type }) => type)).toContain("ready");
  await live.stop();
  http.close();
  process.off("unhandledRejection", hear);
  expect(rejected).toEqual([]);
});
