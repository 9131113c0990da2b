import { describe, expect, it } from "vitest";
import { partitionOf } from "../../../server/kernel/partition.ts";
import { createRelay } from "../../../server/log/relay.ts";
import { REASON, openTransferWorld } from "../../support/transfer.ts";

const { world, anchors, leaseClock, here, there, handlerOf, file, ask, accept, refuse, load, typesOf, faults } =
  await openTransferWorld();
const { deps, relay } = world;

describe("at the same moment", () => {
  it("two transfers to two communities: one is asked, the other is told that the state has moved", async () => {
    for (let n = 0; n < 5; n++) {
      const { id } = await file();
      const codes = (await Promise.all([ask(id), ask(id, here, "west"), ask(id)])).map(({ code }) => code);
      expect(codes.filter((code) => code === null)).toHaveLength(1);
      expect(codes.filter((code) => code === "request.state_conflict")).toHaveLength(2);
      expect(await typesOf(there, id)).toEqual(["transfer.offered"]);
    }
  });

  it("accept, refuse and recall: exactly one of them happens", async () => {
    for (let n = 0; n < 5; n++) {
      const { id } = await file();
      await ask(id);
      const recall = here.call("POST /api/requests/:id/recall-transfer", { params: { id } });
      const codes = (await Promise.all([accept(id), refuse(id), recall])).map(({ code }) => code);
      expect(codes.filter((code) => code === null)).toHaveLength(1);
      const { transfer, communityId } = await load(id);
      expect([transfer.pending, communityId]).toEqual([null, codes[0] === null ? "west" : "east"]);
    }
    expect(await faults()).toEqual([]);
  });

  it("accept and a claim here: the second is refused because of the new state, and the handler is of the right community", async () => {
    const { api: his } = await handlerOf();
    for (let n = 0; n < 5; n++) {
      const { id } = await file();
      await ask(id);
      const [claimed, accepted] = await Promise.all([
        his.call("POST /api/requests/:id/claim", { params: { id } }),
        accept(id),
      ]);
      expect(accepted.code).toBeNull();
      expect([null, "request.not_allowed"]).toContain(claimed.code);
      expect(await load(id)).toMatchObject({ communityId: "west", status: "queued", handlerId: null });
    }
    expect(await faults()).toEqual([]);
  });

  it("the same key twice is one transfer", async () => {
    const { id } = await file();
    const body = { to: "west", reason: REASON };
    const call = () => here.call("POST /api/requests/:id/ask-transfer", { params: { id }, body, key: "once-transfer" });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map(({ code }) => code)).toEqual([null, null, null]);
    expect((await load(id)).version).toBe(3);
  });
});

describe("a crash between", () => {
  it("at any point of the relay leaves both logs intact, each with its rows once", async () => {
    for (const point of ["collected", "appended", "cleared"] as const) {
      const { id } = await file();
      await relay.drain();
      expect([(await ask(id)).code, (await accept(id)).code]).toEqual([null, null]);
      let dies = true;
      const broken = createRelay({
        ...{
          store: deps.store,
          keys: deps.keys,
          clock: leaseClock,
          log: deps.log,
          anchors,
          consumers: [],
          holder: `dies-${point}`,
        },
        probe: (at) => {
          if (dies && at === point) throw new Error("crash");
        },
      });
      await relay.stop();
      leaseClock.pass(1);
      await expect(broken.pass()).rejects.toThrow("crash");
      dies = false;
      await broken.stop();
      leaseClock.pass(1);
      await relay.drain();
      expect(await typesOf(here, id)).toEqual(["request.submitted", "request.transfer_asked", "request.transferred"]);
      expect(await typesOf(there, id)).toEqual(["transfer.offered", "transfer.arrived"]);
    }
    expect(await faults()).toEqual([]);
  });

  it("two relays with one partition each write one document's events to both logs", async () => {
    expect(partitionOf("east")).not.toBe(partitionOf("west"));
    const { id } = await file();
    expect([(await ask(id)).code, (await accept(id)).code]).toEqual([null, null]);
    await relay.stop();
    leaseClock.pass(1);
    const now = leaseClock.now();
    const until = new Date(now.getTime() + 3_600_000);
    await deps.store.partitions.acquire(partitionOf("west"), "somebody else", now, until);
    await relay.drain();
    expect((await here.call("GET /api/log", { query: { requestId: id } })).ok.items).toHaveLength(3);
    expect((await there.call("GET /api/log", { query: { requestId: id } })).ok.items).toHaveLength(0);
    expect((await deps.store.requests.load(id))?.outbox.map(({ type }) => type)).toEqual([
      "transfer.offered",
      "transfer.arrived",
    ]);
    await relay.stop();
    leaseClock.pass(1);
    await deps.store.partitions.release("somebody else", now);
    expect(await typesOf(there, id)).toEqual(["transfer.offered", "transfer.arrived"]);
    expect((await deps.store.requests.load(id))?.outbox).toEqual([]);
    expect(await faults()).toEqual([]);
  });
});
