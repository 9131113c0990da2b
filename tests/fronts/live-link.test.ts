import { describe, expect, it } from "vitest";
import { liveCodes } from "../../contract/live.ts";
import { type LiveEventNote, type WireEvents, createLiveLink } from "../../fronts/live-link.ts";

/** A link whose server, clock and tokens the test controls. */
function setUp(tokens: (string | null | Error)[] = []) {
  const state = {
    sent: [] as unknown[],
    news: [] as LiveEventNote[],
    ups: [] as boolean[],
    refused: [] as (string | null)[],
    waits: [] as { task: () => void; ms: number }[],
    wires: [] as (WireEvents & { closedByUs: boolean })[],
  };
  const link = createLiveLink({
    open(events) {
      const wire = { ...events, closedByUs: false };
      state.wires.push(wire);
      return { send: (text) => state.sent.push(JSON.parse(text)), close: () => void (wire.closedByUs = true) };
    },
    token: async (refused) => {
      state.refused.push(refused);
      const next = tokens.length ? tokens.shift() : "token";
      if (next instanceof Error) throw next;
      return next ?? null;
    },
    heard: (news) => state.news.push(...news),
    up: (isUp) => state.ups.push(isUp),
    later(task, ms) {
      const entry = { task, ms };
      state.waits.push(entry);
      return () => void (state.waits = state.waits.filter((other) => other !== entry));
    },
    random: () => 1,
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    link,
    state,
    settled,
    wire: () => state.wires.at(-1)!,
    say: (frame: unknown) => state.wires.at(-1)!.received(JSON.stringify(frame)),
    async opened() {
      await settled();
      state.wires.at(-1)!.opened();
    },
    /** Ends the only pending timer. Returns its length. */
    async pass(): Promise<number> {
      const [wait] = state.waits.splice(0);
      wait?.task();
      await settled();
      return wait?.ms ?? 0;
    },
  };
}

const events = (communityId: string, cursor: string, ...requestIds: string[]) => ({
  type: "events",
  communityId,
  cursor,
  events: requestIds.map((requestId) => ({ type: "request.claimed", requestId, at: "2026-03-02T12:00:00.000Z" })),
});

describe("a live link", () => {
  it("sends its token, is up when ready, and answers beats", async () => {
    const { link, state, say, opened } = setUp();
    link.start();
    await opened();
    expect(state.sent).toEqual([{ type: "hello", token: "token" }]);
    expect(state.ups).toEqual([]);
    say({ type: "ready", cursors: { east: "c7" } });
    say({ type: "beat" });
    expect(state.ups).toEqual([true]);
    expect(state.sent.at(-1)).toEqual({ type: "beat" });
  });

  it("reconnects after a loss from its last cursor", async () => {
    const { link, state, say, opened, wire, pass } = setUp();
    link.start();
    await opened();
    say({ type: "ready", cursors: { east: "c7" } });
    say(events("east", "c9", "r8", "r9"));
    wire().closed(1006);
    expect(state.ups).toEqual([true, false]);
    await pass();
    await opened();
    expect(state.sent.at(-1)).toEqual({ type: "hello", token: "token", after: { east: "c9" } });
    say(events("east", "c10", "r10"));
    expect(state.news.map(({ requestId }) => requestId)).toEqual(["r8", "r9", "r10"]);
  });

  it("waits longer after each loss, at most half a minute, and starts again after it was up", async () => {
    const { link, say, opened, wire, pass } = setUp();
    link.start();
    const waits: number[] = [];
    for (let n = 0; n < 7; n++) {
      await opened();
      wire().closed(1006);
      waits.push(await pass());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1000));
    await opened();
    say({ type: "ready", cursors: {} });
    wire().closed(1006);
    expect(await pass()).toBe(1000);
  });

  it("gets another token when its own is refused", async () => {
    const { link, state, opened, wire, pass } = setUp(["old", "new"]);
    link.start();
    await opened();
    wire().closed(liveCodes.unauthorized);
    await pass();
    await opened();
    expect(state.refused).toEqual([null, "old"]);
    expect(state.sent.at(-1)).toEqual({ type: "hello", token: "new" });
  });

  it("does not reconnect when newer connections of the same person replaced it", async () => {
    const { link, state, opened, wire } = setUp();
    link.start();
    await opened();
    wire().closed(liveCodes.tooMany);
    expect(state.waits).toEqual([]);
    expect(state.ups).toEqual([false]);
  });

  it("does nothing without a login, and retries without a network", async () => {
    const nobody = setUp([null]);
    nobody.link.start();
    await nobody.settled();
    expect([nobody.state.wires, nobody.state.waits]).toEqual([[], []]);
    const offline = setUp([new Error("offline"), "token"]);
    offline.link.start();
    await offline.settled();
    expect(await offline.pass()).toBe(1000);
    expect(offline.state.wires).toHaveLength(1);
  });

  it("treats a minute of silence as a dead connection", async () => {
    const { link, state, say, opened, pass } = setUp();
    link.start();
    await opened();
    say({ type: "ready", cursors: {} });
    expect(await pass()).toBe(60_000);
    expect(state.wires[0]?.closedByUs).toBe(true);
    expect(state.ups).toEqual([true, false]);
    expect(await pass()).toBe(1000);
    expect(state.wires).toHaveLength(2);
  });

  it("disconnects in the background, and receives missed events in front again", async () => {
    const { link, state, say, opened, wire } = setUp();
    link.start();
    await opened();
    say({ type: "ready", cursors: { east: "c3" } });
    const first = wire();
    link.stop();
    first.received(JSON.stringify(events("east", "c4", "r4")));
    first.closed(1000);
    expect(state.news).toEqual([]);
    expect(state.waits).toEqual([]);
    link.start();
    await opened();
    expect(state.sent.at(-1)).toEqual({ type: "hello", token: "token", after: { east: "c3" } });
  });

  it("reports that anything may have changed when it is too far behind", async () => {
    const { link, state, say, opened } = setUp();
    link.start();
    await opened();
    say({ type: "behind", communityId: "east", cursor: "c900" });
    expect(state.news).toEqual([{ communityId: "east", type: null, requestId: null }]);
  });
});
