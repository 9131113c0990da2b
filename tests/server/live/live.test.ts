import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { liveCodes } from "../../../contract/live.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import type { Listener, LiveTail } from "../../../server/log/live-tail.ts";
import { createLive } from "../../../server/core/http/live/live.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { freshDatabase } from "../../support/engine.ts";
import { type LiveClient, liveAs, liveClient, tokenOf } from "../../support/live.ts";
import { submission } from "../../support/requests.ts";
import { testClock } from "../../support/clock.ts";
import { openWorld } from "../../support/world.ts";
import { worded } from "../../support/worded.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const leaseClock = testClock();
const world = await openWorld({ connection: await connect(uri, name), keys, leaseClock });
/** A second server process on the same database. Its relay holds no partition. */
const other = await openWorld({ connection: await connect(uri, name), keys, leaseClock });

/** Relays all events and has both servers pass them on. A beat that is sent afterwards arrives behind them. */
async function told(...clients: LiveClient[]): Promise<void> {
  await world.relay.drain();
  await Promise.all([world.tail.poll(), other.tail.poll()]);
  const beats = clients.map((client) => client.next("beat"));
  await Promise.all([world.live.beat(), other.live.beat()]);
  await Promise.all(beats);
  for (const client of clients) client.socket.send(JSON.stringify({ type: "beat" }));
}

const file = async (user: User, communityId = "east") =>
  (await (await world.as(user)).call("POST /api/requests", { body: submission({ communityId }) })).ok;

const head = async (communityId = "east") => (await world.deps.store.log.tail(communityId))?.pos ?? 0;

describe("the audience of a request's events", () => {
  it("is its resident and the community's staff, without personal data", async () => {
    const [mine, neighbour, cadre, elsewhere, clerk, partner] = await Promise.all([
      world.resident(), world.resident(), world.cadre(), world.cadre("west"), world.staff("committee"), world.staff("partner"),
    ]); // prettier-ignore
    const people = [mine, neighbour, cadre, elsewhere, clerk, partner];
    const clients = await Promise.all(people.map((user) => liveAs(world, user)));
    const { id } = await file(mine);
    await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } });
    await told(...clients);

    const both = [`east:${id} request.submitted`, `east:${id} request.claimed`];
    expect(clients.map((client) => client.heard())).toEqual([both, [], both, [], both, []]);
    const [first] = clients;
    for (const frame of first?.frames ?? []) {
      if (frame.type !== "events") continue;
      for (const event of frame.events) expect(Object.keys(event).toSorted()).toEqual(["at", "requestId", "type"]);
    }
    const words = JSON.stringify(clients.map(({ frames }) => frames));
    for (const secret of [mine.name, cadre.name, "包裹", "1号楼", "138"]) expect(worded(words)).not.toContain(secret);
    for (const client of clients) client.drop();
  });

  it("depends on the role in use; a former cadre receives nothing more", async () => {
    const [mine, cadre, leaver] = [await world.resident(), await world.cadre(), await world.cadre()];
    await world.deps.store.users.update(cadre.id, { actingAs: null });
    const clients = [await liveAs(world, cadre), await liveAs(world, leaver)];
    await world.deps.store.users.update(leaver.id, { memberships: [], actingAs: null });
    await told(...clients);
    await file(mine);
    await told(...clients);
    expect(clients.map((client) => client.heard())).toEqual([[], []]);
    for (const client of clients) client.drop();
  });
});

describe("the token", () => {
  it.each([
    ["forged", () => "eyJhbGciOiJIUzI1NiJ9.e30.x"],
    ["ended", async () => {
      const token = tokenOf(world, await world.resident());
      world.clock.pass(16);
      return token;
    }],
  ])("%s: closed, and nothing told", async (_what, make) => {
    const client = await liveClient(world.base, { type: "hello", token: await make(), after: { east: "" } });
    expect(await client.closed).toBe(liveCodes.unauthorized);
    expect(client.frames).toEqual([]);
  }); // prettier-ignore

  it("in the address is ignored", async () => {
    const token = tokenOf(world, await world.cadre());
    const client = await liveClient(world.base, null, `/api/live?token=${token}&access_token=${token}`);
    await file(await world.resident());
    const known = await liveAs(world, await world.cadre());
    await told(known);
    expect(client.frames).toEqual([]);
    client.drop();
    known.drop();
  });

  it("that expires during a connection ends it before the next event", async () => {
    const [mine, cadre] = [await world.resident(), await world.cadre()];
    const client = await liveAs(world, cadre);
    world.clock.pass(16);
    await file(mine);
    await world.relay.drain();
    await world.tail.poll();
    expect(await client.closed).toBe(liveCodes.unauthorized);
    expect(client.heard()).toEqual([]);
  });
});

describe("reconnecting", () => {
  it("delivers missed events, once and in order, and then new ones", async () => {
    const [mine, cadre] = [await world.resident(), await world.cadre()];
    const before = await liveAs(world, cadre);
    await file(mine);
    await told(before);
    before.drop();
    const filed: string[] = [];
    for (let n = 0; n < 3; n++) filed.push((await file(mine)).id);
    await world.relay.drain();
    const after = await liveAs(world, cadre, before.cursors());
    filed.push((await file(mine)).id);
    await told(after);
    const submitted = filed.map((id) => `east:${id} request.submitted`);
    expect(after.heard()).toEqual(submitted);
    const [ready] = after.frames.filter((frame) => frame.type === "ready");
    const again = await liveAs(other, cadre, ready?.cursors);
    expect(again.heard()).toEqual(submitted.slice(3));
    for (const client of [after, again]) client.drop();
  });

  it("repeatedly while many events happen delivers every event once", { timeout: 60_000 }, async () => {
    const [mine, cadre] = [await world.resident(), await world.cadre()];
    await world.relay.drain();
    const first = await liveAs(world, cadre);
    let { east } = first.cursors();
    first.drop();
    const [filed, heard]: [string[], string[]] = [[], []];
    let filing = true;
    const work = (async () => {
      for (let n = 0; n < 40; n++) {
        filed.push(`east:${(await file(mine)).id} request.submitted`);
        await world.relay.drain();
        world.tail.wake();
      }
    })().finally(() => {
      filing = false;
    });
    /** Connects to one of the servers from the last received cursor, as a front end does, and disconnects. */
    const visit = async (host: typeof world): Promise<void> => {
      const client = await liveAs(host, cadre, { east: east! });
      heard.push(...client.heard());
      ({ east } = client.cursors());
      client.drop();
    };
    while (filing) for (const host of [world, other]) await visit(host);
    await work;
    await visit(other);
    expect(heard).toEqual(filed);
  });

  it("after a very long time reports that too much was missed", async () => {
    const cadre = await world.cadre("west");
    const resident = await world.resident("west");
    await file(resident, "west");
    await world.relay.drain();
    const { store } = world.deps;
    const before = await liveAs(world, cadre);
    before.drop();
    const at = await head("west");
    const [row] = await store.log.after("west", at - 1, 1);
    if (!row) throw new Error("no row");
    await store.log.append(Array.from({ length: 600 }, (_, n) => ({ ...row, _id: `west:${n}`, pos: at + 1 + n })));
    await store.partitions.commitOffset(["notices"], "west", at + 600);
    const cursor = expect.any(String);
    for (const after of [before.cursors(), { west: "made up" }]) {
      const client = await liveAs(world, cadre, after);
      expect(client.frames).toEqual([
        { type: "behind", communityId: "west", cursor },
        { type: "ready", cursors: { west: cursor } },
      ]);
      client.drop();
    }
  });

  it("with the cursor of another community is as from very long ago, and a cursor says no number", async () => {
    const cadre = await world.cadre();
    const client = await liveAs(world, cadre);
    const { east } = client.cursors();
    expect(Buffer.from(east!, "base64url").toString("latin1")).not.toContain(String(await head()));
    const moved = await liveAs(world, await world.cadre("west"), { west: east! });
    expect(moved.frames.map(({ type }) => type)).toEqual(["behind", "ready"]);
    for (const one of [client, moved]) one.drop();
  });
});

describe("several servers on one database", () => {
  it("each sends its clients the events that another has written and relayed", async () => {
    const [mine, cadre] = [await world.resident(), await world.cadre()];
    const clients = [await liveAs(other, mine), await liveAs(other, cadre), await liveAs(world, cadre)];
    const { id } = await file(mine);
    await told(...clients);
    const event = [`east:${id} request.submitted`];
    expect(clients.map((client) => client.heard())).toEqual([event, event, event]);
    for (const client of clients) client.drop();
  });
});

describe("a connection that violates the protocol", () => {
  it.each([
    ["no JSON", "hello"],
    ["an unknown frame", { type: "subscribe", communityId: "east" }],
    ["no token", { type: "hello" }],
    ["a beat before the hello", { type: "beat" }],
    ["too long a frame", { type: "hello", token: "x".repeat(20_000) }],
  ])("%s is closed", async (_what, frame) => {
    const client = await liveClient(world.base, frame);
    expect([liveCodes.badFrame, 1009]).toContain(await client.closed);
  });

  it("a second hello is closed", async () => {
    const cadre = await world.cadre();
    const client = await liveAs(world, cadre);
    client.socket.send(JSON.stringify({ type: "hello", token: tokenOf(world, cadre) }));
    expect(await client.closed).toBe(liveCodes.badFrame);
  });

  it("another address is not answered", async () => {
    await expect(liveClient(world.base, null, "/api/other")).rejects.toThrow("404");
  });

  it("one that does not answer a beat is closed at the next", async () => {
    const client = await liveAs(world, await world.cadre());
    await world.live.beat();
    await client.next("beat");
    await world.live.beat();
    expect(await client.closed).toBe(1006);
  });

  it("the seventh of one person closes the first", async () => {
    const cadre = await world.cadre();
    const clients: LiveClient[] = [];
    for (let n = 0; n < 7; n++) clients.push(await liveAs(world, cadre));
    expect(await clients[0]?.closed).toBe(liveCodes.tooMany);
    await told(...clients.slice(1));
    for (const client of clients) client.drop();
  });

  it("one that does not read is closed, without effect on others", { timeout: 60_000 }, async () => {
    let tell: Listener = () => undefined;
    const none = async (): Promise<void> => undefined;
    /** A tail whose events come from the test. */
    const tail: LiveTail = {
      async follow(listener) {
        tell = listener;
        return () => undefined;
      },
      head: () => 0,
      wake: () => undefined,
      poll: none,
      start: () => undefined,
      stop: none,
    };
    const live = createLive({ deps: world.deps, tail });
    const server = createServer();
    live.attach(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = { ...world, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const [slow, reader] = [await liveAs(host, await world.cadre()), await liveAs(host, await world.cadre())];
    const [row] = await world.deps.store.log.after("east", 0, 1);
    if (!row) throw new Error("no row");

    slow.socket.pause();
    // Far more than the kernel's buffers of a local connection hold.
    const frames = 400;
    for (let pos = 0; pos < frames * 500; pos += 500) {
      const rows = Array.from({ length: 500 }, (_, n) => ({ ...row, pos: pos + n + 1 }));
      tell("east", rows, pos + 500);
      await reader.next("events");
    }
    slow.socket.resume();
    expect(await slow.closed).toBe(liveCodes.slow);
    expect(slow.heard().length).toBeLessThan(frames * 500);
    expect(reader.heard()).toHaveLength(frames * 500);
    reader.drop();
    await live.stop();
    server.close();
  });
});
