import { setImmediate as nextTurn } from "node:timers/promises";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { noticesConsumer } from "../../../server/core/consumers/notices.ts";
import { type ProbePoint, type Relay, createRelay } from "../../../server/log/relay.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { type TestClock, testClock } from "../../support/clock.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const leaseClock = testClock();
const anchors = createMemoryAnchors();
const world = await openWorld({ leaseClock, anchors });
const { deps } = world;

class Crash extends Error {}

/** A second process with its own relay; `probe` interrupts it at a point. */
function process(
  holder: string,
  probe?: (point: ProbePoint) => Promise<void> | void,
  clock: TestClock = leaseClock,
): Relay {
  return createRelay({
    store: deps.store,
    keys: deps.keys,
    clock,
    log: deps.log,
    holder,
    consumers: [noticesConsumer(deps.store)],
    anchors,
    ...(probe ? { probe } : {}),
  });
}

/**
 * Files requests and takes steps, which leave events to relay. Per request: submitted, claimed, contacted, resolved,
 * rated.
 */
async function lifecycles(count: number): Promise<{ ids: string[]; residentId: string }> {
  const resident = await world.resident();
  const [mine, cadre] = [await world.as(resident), await world.as(await world.cadre())];
  const ids = await Promise.all(
    Array.from({ length: count }, async () => {
      const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
      const params = { id };
      await cadre.call("POST /api/requests/:id/claim", { params });
      await cadre.call("POST /api/requests/:id/first-contact", { params, body: { note: "已电话联系" } });
      await cadre.call("POST /api/requests/:id/message", { params, body: { text: "我现在过去" } });
      await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "已送到门口" } });
      const scores = { response: 5, attitude: 5, result: 4 };
      return (await mine.call("POST /api/requests/:id/rate", { params, body: { outcome: "solved", scores } })).ok.id;
    }),
  );
  return { ids, residentId: resident.id };
}

const steps = [
  "request.submitted",
  "request.claimed",
  "request.contacted",
  "request.message_sent",
  "request.resolved",
  "request.rated",
];

/**
 * Expects that no event is lost or duplicated, that the order is kept, that each notice exists once, and that the chain
 * is
 * intact.
 */
async function expectWhole(ids: readonly string[], residentId: string): Promise<void> {
  for (const id of ids) {
    const rows = await deps.store.log.ofRequest(id);
    expect(rows.map((row) => row.type).toSorted()).toEqual(steps.toSorted());
    const own = rows.filter((row) => row._id.startsWith(id)).map((row) => row._id);
    expect(own).toEqual([1, 2, 3, 4, 5].map((version) => `${id}:${version}`));
  }
  const inbox = await deps.store.notices.list([residentId], 1_000);
  // The resident is notified of claim, first contact, message and resolution.
  expect(inbox.items).toHaveLength(ids.length * 4);
  const report = await verifyLog(deps.store, deps.keys, anchors);
  expect(report.faults).toEqual([]);
}

describe("a crash of the relay", () => {
  it.each<ProbePoint>(["collected", "appended", "cleared", "consumed"])(
    "at «%s» loses and doubles nothing",
    async (point) => {
      const { ids, residentId } = await lifecycles(5);
      let reached = false;
      const dying = process(`dying-${point}`, (at) => {
        if (at !== point || reached) return;
        reached = true;
        throw new Crash();
      });
      await expect(dying.drain()).rejects.toThrow(Crash);
      leaseClock.pass(1);
      await process(`next-${point}`).drain();
      leaseClock.pass(1);
      await expectWhole(ids, residentId);
    },
  );

  it("between a consumer's work and its offset notifies nobody twice", async () => {
    const { ids, residentId } = await lifecycles(3);
    const forgetful = {
      ...deps.store,
      partitions: { ...deps.store.partitions, commitOffset: () => Promise.reject(new Crash()) },
    };
    const dying = createRelay({
      store: forgetful,
      keys: deps.keys,
      clock: leaseClock,
      log: deps.log,
      holder: "forgetful",
      consumers: [noticesConsumer(deps.store)],
      anchors,
    });
    await expect(dying.drain()).rejects.toThrow(Crash);
    expect((await deps.store.notices.list([residentId], 1_000)).items).toHaveLength(ids.length * 4);
    leaseClock.pass(1);
    await process("after-forgetful").drain();
    leaseClock.pass(1);
    await expectWhole(ids, residentId);
  });

  it("during an append is repaired by the next holder", async () => {
    const { ids, residentId } = await lifecycles(3);
    const append = deps.store.log.append;
    const half = {
      ...deps.store,
      log: {
        ...deps.store.log,
        append: async (rows: Parameters<typeof append>[0]) => {
          await append(rows.slice(0, Math.ceil(rows.length / 2)));
          throw new Crash();
        },
      },
    };
    const dying = createRelay({
      store: half,
      keys: deps.keys,
      clock: leaseClock,
      log: deps.log,
      holder: "half",
      consumers: [],
      anchors,
    });
    await expect(dying.drain()).rejects.toThrow(Crash);
    leaseClock.pass(1);
    await process("after-half").drain();
    leaseClock.pass(1);
    await expectWhole(ids, residentId);
  });
});

describe("a relay that stops", () => {
  it("gives up its partitions also when its disk is full, and reports that", async () => {
    const said: string[] = [];
    const relay = createRelay({
      store: deps.store,
      keys: deps.keys,
      clock: leaseClock,
      log: pino({}, { write: (line: string) => void said.push(line) }),
      holder: "full",
      consumers: [],
      anchors: { ...anchors, flush: () => Promise.reject(new Error("ENOSPC")) },
    });
    await relay.pass();
    expect(relay.partitions()).toBe(16);
    await expect(relay.stop()).rejects.toThrow("ENOSPC");
    expect(await deps.store.partitions.free(leaseClock.now())).toHaveLength(16);
    expect(said.join("")).toContain("ENOSPC");
  });
});

describe("two relays", () => {
  it("share the partitions: one holds each, and the other takes over when the lease has expired", async () => {
    const [first, second] = [process("first"), process("second")];
    const { ids, residentId } = await lifecycles(2);
    expect(await first.pass()).toBe(true);
    const more = await lifecycles(1);
    expect(await second.pass()).toBe(false);
    leaseClock.pass(1);
    await second.drain();
    await expectWhole(ids, residentId);
    await expectWhole(more.ids, more.residentId);
    leaseClock.pass(1);
  });

  it("one that was paused past its lease writes nothing twice", async () => {
    const { ids, residentId } = await lifecycles(5);
    const paused = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    let once = false;
    const sleeper = process("sleeper", async (point) => {
      if (point !== "collected" || once) return;
      once = true;
      asleep.resolve();
      await paused.promise;
    });
    const slept = sleeper.drain();
    await asleep.promise;
    leaseClock.pass(1);
    const more = await lifecycles(2);
    await process("awake").drain();
    paused.resolve();
    await slept;
    leaseClock.pass(1);
    await process("last").drain();
    leaseClock.pass(1);
    await expectWhole(ids, residentId);
    await expectWhole(more.ids, more.residentId);
  });

  it("both working at once on new events: the log is one chain", { timeout: 60_000 }, async () => {
    // The clocks differ by far more than a lease, so both relays believe that they hold every partition.
    const ahead = testClock(new Date(leaseClock.now().getTime() + 3_600_000));
    const relays = [process("a"), process("b", undefined, ahead)];
    let working = true;
    const work = relays.map(async (relay) => {
      while (working) {
        await relay.pass();
        // A relay without a partition does not await anything, so it must yield to the event loop.
        await nextTurn();
      }
    });
    const all = await Promise.all([lifecycles(4), lifecycles(4), lifecycles(4)]);
    working = false;
    await Promise.all(work);
    leaseClock.pass(120);
    await process("after").drain();
    leaseClock.pass(1);
    for (const { ids, residentId } of all) await expectWhole(ids, residentId);
  });
});

describe("wrong clocks", () => {
  it("keep the order of a request's steps, also when a later step has an earlier time", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.as(await world.cadre());
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    world.clock.pass(-5);
    await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    world.clock.pass(5);
    leaseClock.pass(1);
    await process("skewed").drain();
    leaseClock.pass(1);
    expect((await deps.store.log.ofRequest(id)).map(({ _id }) => _id)).toEqual([`${id}:1`, `${id}:2`]);
  });
});
