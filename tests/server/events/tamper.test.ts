import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../server/demo/random.ts";
import { freshDatabase } from "../../support/engine.ts";
import { runTrials } from "../../tamper/trials.ts";
import { openTamperWorld } from "../../tamper/world.ts";

describe("log:verify", { timeout: 120_000 }, () => {
  it("finds random changes in every collection; npm run test:tamper tries more", async () => {
    const { connection, verify, earlier, stop } = await openTamperWorld(freshDatabase());
    try {
      expect(await verify()).toEqual([]);
      const trials = await runTrials(connection, { n: 60, random: seededRandom(20), earlier }, verify);
      expect(trials.missed).toEqual([]);
      expect(trials.found).toBeGreaterThan(30);
      expect(await verify()).toEqual([]);
    } finally {
      await stop();
    }
  });
});
