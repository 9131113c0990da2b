import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Wanted } from "../chaos/load.ts";
import { playRound } from "../chaos/rounds.ts";
import { type ChaosWorld, openChaosWorld } from "../chaos/world.ts";

/** Four short rounds of `npm run test:chaos`, which plays as many as one likes. */
describe.skipIf(inject("engineKind") !== "documentdb")("while things go wrong", { timeout: 300_000 }, () => {
  let world: ChaosWorld;
  const wanted: Wanted[] = [];
  beforeAll(async () => {
    world = await openChaosWorld();
  });
  afterAll(() => world.close());

  it.each([
    ["a server is killed, its line cut, WeChat wrong", ["server killed", "line cut", "WeChat wrong"], 11],
    ["the engine is killed, a clock is an hour ahead", ["engine killed", "clock wrong"], 12],
    ["the gateway is killed, connections are dropped", ["gateway killed", "connections dropped"], 13],
    ["PostgreSQL is killed", ["PostgreSQL killed"], 14],
  ] as const)("%s: nothing is lost, doubled or out of place", async (_what, only, seed) => {
    const round = await playRound(world, wanted, { seed, loadMs: 3_000, only });
    expect(round.wrong).toEqual([]);
    expect(round.acknowledged).toBeGreaterThan(20);
  });
});
