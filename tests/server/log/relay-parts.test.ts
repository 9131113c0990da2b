import { beforeEach, describe, expect, it } from "vitest";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { openStore } from "../../../server/open-store.ts";
import { partitionOf } from "../../../server/kernel/partition.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { createCommunityLeader } from "../../../server/log/community-leader.ts";
import { createConsumerGroup } from "../../../server/log/consumer-group.ts";
import { byCommunity, createLogAppender } from "../../../server/log/log-appender.ts";
import { createOutboxReader } from "../../../server/log/outbox-reader.ts";
import { createPartitionLeases } from "../../../server/log/partition-leases.ts";
import type { LogRow } from "../../../server/log/store/log-row.ts";
import type { PendingDocument, PendingEvent } from "../../../server/log/store/outbox.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const { store } = openStore(connection);
await prepareDatabase(connection);

beforeEach(async () => {
  for (const collection of ["partition_leases", "consumer_offsets", "service_log"])
    await connection.collection(collection).deleteMany({});
});

/** The event of an aggregate's nth version, at a minute of the morning. */
const pending = (communityId: string, aggregate: string, version: number, minute = 0): PendingEvent => ({
  id: `${aggregate}:${version}`,
  event: {
    ...{ version, type: "request.noted", at: new Date(Date.UTC(2026, 10, 30, 1, minute)), communityId },
    ...{ requestId: null, requestNo: null, serviceCode: null },
    actor: { id: "someone", role: "cadre", name: "干部" },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null },
    data: { text: "电梯坏了" },
  },
});
const documentOf = (...events: PendingEvent[]): PendingDocument => ({
  ...{ source: "requests", _id: "a", version: 1, events },
});
const idsOf = (events: readonly PendingEvent[]): string[] => events.map(({ id }) => id);

describe("leases of partitions", () => {
  const clock = testClock();
  const open = (holder: string) => {
    let changes = 0;
    const leases = createPartitionLeases({ store, clock, holder, changed: () => void changes++ });
    return { ...leases, changes: () => changes };
  };

  it("are taken by the first process, and renewed every three seconds", async () => {
    const [a, b] = [open("a"), open("b")];
    expect([await a.renew(), await b.renew()]).toEqual([true, true]);
    expect([a.held().size, b.held().size]).toEqual([16, 0]);
    clock.pass(2.9 / 60);
    expect(await a.renew()).toBe(false);
    clock.pass(0.1 / 60);
    expect(await a.renew()).toBe(true);
    clock.pass(8 / 60);
    await b.renew();
    expect([a.held().size, b.held().size, a.changes(), b.changes()]).toEqual([16, 0, 16, 0]);
  });

  it("go to another process after their end, and the former holder notices it at its next renewal", async () => {
    const [a, b] = [open("a"), open("b")];
    await a.renew();
    clock.pass(9 / 60);
    expect(a.held().size).toBe(0);
    await b.renew();
    expect([b.held().size, a.changes()]).toEqual([16, 16]);
    await a.renew();
    expect([a.held().size, a.changes()]).toEqual([0, 32]);
  });

  it("are free at once after a release", async () => {
    const [a, b] = [open("a"), open("b")];
    await a.renew();
    await a.release();
    expect(a.held().size).toBe(0);
    await b.renew();
    expect(b.held().size).toBe(16);
  });
});

describe("a reader of outboxes", () => {
  /** Counts the queries to the log. */
  function open() {
    const asked: (readonly string[])[] = [];
    const has = (ids: readonly string[]) => {
      asked.push(ids);
      return Promise.resolve(new Set(ids.filter((id) => id === "a:1")));
    };
    const cleared: string[][] = [];
    const clear = async (_documents: readonly PendingDocument[], relayed: ReadonlySet<string>) =>
      void cleared.push([...relayed]);
    const reader = createOutboxReader({ outbox: { ...store.outbox, clear }, log: { ...store.log, has } });
    return { reader, asked, cleared };
  }
  const all = new Set(Array.from({ length: 16 }, (_, partition) => partition));
  const [first, second] = [pending("east", "a", 1), pending("east", "a", 2)];

  it("queries the log after a start, and not again while there are no failures", async () => {
    const { reader, asked, cleared } = open();
    const batch = await reader.batchOf([documentOf(first, second)], all);
    expect([idsOf(batch.fresh), [...batch.relayed]]).toEqual([["a:2"], ["a:1"]]);
    batch.relayed.add("a:2");
    await reader.clear([], batch.relayed, true);
    expect(cleared).toEqual([["a:1", "a:2"]]);
    // The document changed while it was cleared, so it still contains both events.
    const next = await reader.batchOf([documentOf(first, second, pending("east", "a", 3))], all);
    expect(idsOf(next.fresh)).toEqual(["a:3"]);
    expect(asked).toHaveLength(1);
  });

  it.each<[string, (reader: ReturnType<typeof open>["reader"]) => unknown]>([
    ["after a batch that was not cleared", () => undefined],
    ["after one in which a position was taken", (reader) => reader.clear([], new Set(), false)],
    ["after another process' turn", (reader) => reader.clear([], new Set(), true).then(() => reader.forget())],
  ])("asks the log %s", async (_when, then) => {
    const { reader, asked } = open();
    await reader.batchOf([documentOf(second)], all);
    await then(reader);
    await reader.batchOf([documentOf(second)], all);
    expect(asked).toHaveLength(2);
  });

  it("leaves events of other partitions where they are", async () => {
    const { reader } = open();
    const document = documentOf(pending("east", "b", 1), pending("west", "b", 2));
    const batch = await reader.batchOf([document], new Set([partitionOf("west")]));
    expect(idsOf(batch.fresh)).toEqual(["b:2"]);
  });
});

describe("the order of events", () => {
  it("is by community and time, and within an aggregate by version, even when clocks differ", () => {
    const events = [
      ...[pending("east", "a", 1, 30), pending("east", "a", 2, 10)],
      ...[pending("west", "b", 1, 5), pending("east", "c", 1, 20)],
    ];
    const found = [...byCommunity(events)].map(([communityId, ofCommunity]) => [communityId, idsOf(ofCommunity)]);
    expect(Object.fromEntries(found)).toEqual({ east: ["c:1", "a:1", "a:2"], west: ["b:1"] });
  });
});

describe("an appender", () => {
  const keys = createKeys(newKeyRing());
  const open = (anchors = createMemoryAnchors()) => createLogAppender({ store, keys, anchors });
  const positions = (rows: readonly LogRow[] | null) => rows?.map(({ pos }) => pos);

  it("continues at the end of the log, and notes the new end outside the database", async () => {
    const anchors = createMemoryAnchors();
    const appender = open(anchors);
    expect(positions(await appender.append("east", [pending("east", "a", 1), pending("east", "a", 2)]))).toEqual([
      1, 2,
    ]);
    expect(positions(await appender.append("east", [pending("east", "a", 3)]))).toEqual([3]);
    expect(positions(await open().append("east", [pending("east", "a", 4)]))).toEqual([4]);
    expect(await anchors.read()).toMatchObject({ east: { pos: 3 } });
  });

  it("does not overwrite another writer's row, and reads the end again", async () => {
    const [late, other] = [open(), open()];
    await late.append("east", [pending("east", "a", 1)]);
    await other.append("east", [pending("east", "b", 1)]);
    expect(await late.append("east", [pending("east", "a", 2)])).toBeNull();
    expect(positions(await late.append("east", [pending("east", "a", 2)]))).toEqual([3]);
    expect((await store.log.after("east", 0, 10)).map(({ _id }) => _id)).toEqual(["a:1", "b:1", "a:2"]);
  });
});

describe("a group of consumers", () => {
  it("gets each new row of a log once, and stays behind when one consumer fails", async () => {
    const seen: string[] = [];
    let fails = true;
    const consumers = ["first", "second"].map((consumer) => ({
      name: consumer,
      async consume(rows: readonly LogRow[]) {
        if (consumer === "second" && fails) throw new Error("no luck");
        seen.push(...rows.map(({ _id }) => `${consumer} ${_id}`));
      },
    }));
    const group = createConsumerGroup(store, consumers);
    const appender = createLogAppender({ store, keys: createKeys(newKeyRing()), anchors: createMemoryAnchors() });
    const rows = await appender.append("east", [pending("east", "a", 1)]);
    expect(await group.catchUp(new Map())).toBe(false);
    group.lag(["east"]);
    await expect(group.catchUp(new Map([["east", rows!]]))).rejects.toThrow("no luck");
    fails = false;
    expect(await group.catchUp(new Map())).toBe(true);
    expect(await group.catchUp(new Map())).toBe(false);
    expect(seen).toEqual(["first a:1", "second a:1"]);
    expect(await store.partitions.offset("second", "east")).toBe(1);
  });
});

describe("a community leader", () => {
  it("leads every community each second, and those with events in between", async () => {
    const clock = testClock();
    const led: string[] = [];
    const leader = createCommunityLeader(clock, async (id) => void led.push(id));
    const lead = async (seconds: number) => {
      clock.pass(seconds / 60);
      await leader.lead(["east", "west"]);
      return led.splice(0);
    };
    expect(await lead(0)).toEqual(["east", "west"]);
    leader.stir("west");
    expect(await lead(0.5)).toEqual(["west"]);
    expect(await lead(0.4)).toEqual([]);
    expect(await lead(0.1)).toEqual(["east", "west"]);
  });
});
