import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { liveCodes } from "../../../contract/live.ts";
import { type LiveClient, liveAs, liveClient, tokenOf } from "../../support/live.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld({ app: { behindProxy: true } });

/** Opens a silent connection from the given address. Returns the status when the handshake is refused. */
async function stranger(from: string): Promise<WebSocket | number> {
  const socket = new WebSocket(`${world.base.replace("http", "ws")}/api/live`, {
    headers: { "x-forwarded-for": from },
  });
  return new Promise((resolve) => {
    socket.on("open", () => resolve(socket));
    socket.on("unexpected-response", (_request, response) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => undefined);
  });
}

const closeAll = async (sockets: (WebSocket | number)[]): Promise<void> => {
  for (const socket of sockets) if (typeof socket !== "number") socket.terminate();
};

describe("many connections", () => {
  it("from one address take no places from others, which are free again when they close", async () => {
    const crowd = await Promise.all(Array.from({ length: 60 }, () => stranger("203.0.113.5, 198.51.100.7")));
    expect(crowd.filter((socket) => socket === 429)).toHaveLength(10);
    // The limit is per address. The last address counts, which the proxy wrote; a caller can forge the others.
    expect(await stranger("198.51.100.7, 198.51.100.8")).toBeInstanceOf(WebSocket);
    expect(await stranger("198.51.100.9, 198.51.100.7")).toBe(429);
    await closeAll(crowd);
    await expect.poll(() => stranger("198.51.100.7")).toBeInstanceOf(WebSocket);
  });

  it("without a login from many addresses are limited to five hundred", async () => {
    const crowd = await Promise.all(Array.from({ length: 520 }, (_, n) => stranger(`10.0.${n % 200}.1`)));
    expect(crowd.filter((socket) => socket === 503).length).toBeGreaterThanOrEqual(20);
    await closeAll(crowd);
    await expect.poll(() => stranger("10.1.0.1")).toBeInstanceOf(WebSocket);
  });
});

describe("one connection", () => {
  it("that sends too much is closed", async () => {
    const client = await liveAs(world, await world.cadre());
    for (let n = 0; n < 12; n++) client.socket.send(JSON.stringify({ type: "beat" }));
    expect(await client.closed).toBe(liveCodes.busy);
  });

  it("that answers each beat stays, also with many of them", async () => {
    const client = await liveAs(world, await world.cadre());
    for (let n = 0; n < 30; n++) {
      await world.live.beat();
      await client.next("beat");
      client.socket.send(JSON.stringify({ type: "beat" }));
      client.socket.ping();
      await new Promise((resolve) => client.socket.once("pong", resolve));
    }
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
    client.drop();
  });
});

it("a person who reconnects too often must wait", async () => {
  const busy = await openWorld({ limitsFactor: 1 });
  const cadre = await busy.cadre();
  const codes = new Set<number>();
  let ready = 0;
  for (let n = 0; n < 125; n++) {
    const client: LiveClient = await liveClient(busy.base, { type: "hello", token: tokenOf(busy, cadre) });
    const heard = await Promise.race([client.next("ready").then(() => "ready"), client.closed]).catch(
      () => client.closed,
    );
    if (heard === "ready") ready += 1;
    else codes.add(heard as number);
    client.drop();
  }
  expect(ready).toBe(120);
  expect([...codes]).toEqual([liveCodes.busy]);
});
