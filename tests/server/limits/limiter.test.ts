import { describe, expect, it } from "vitest";
import { networkOf } from "../../../server/core/domain/privacy/mask.ts";
import { createMeter } from "../../../server/adapters/limits/meter.ts";
import { createLimiter } from "../../../server/adapters/limits/limiter.ts";
import { testClock } from "../../support/clock.ts";
import { openWorld } from "../../support/world.ts";

const { deps, clock } = await openWorld();
/** The limiters of two processes. */
const limiters = [createLimiter(deps.store.limits, clock), createLimiter(deps.store.limits, clock)] as const;

describe("a limit in the database", () => {
  it("admits exactly the allowed number of two hundred concurrent calls at two servers, also when a window has just ended", async () => {
    for (let window = 0; window < 3; window++) {
      const hits = Array.from({ length: 200 }, (_, n) => limiters[n % 2 ? 1 : 0].hit("one", { most: 17, seconds: 60 }));
      const through = (await Promise.all(hits)).filter((retryAfter) => retryAfter === null);
      expect(through).toHaveLength(17);
      expect(await limiters[0].hit("one", { most: 17, seconds: 60 })).toBe(60);
      clock.pass(1);
    }
  });

  it("counts by weight, and restarts when it is cleared", async () => {
    const limit = { most: 100, seconds: 3_600 };
    expect(await limiters[0].hit("heavy", limit, 90)).toBeNull();
    expect(await limiters[1].hit("heavy", limit, 20)).toBe(3_600);
    await deps.store.limits.clear("heavy");
    expect(await limiters[1].hit("heavy", limit, 20)).toBeNull();
  });
});

describe("a count in memory", () => {
  const failing = { add: () => Promise.reject(new Error("the database is away")) };

  it("holds in its process when the database is unavailable, and reports the failure", async () => {
    const faults: unknown[] = [];
    const meter = createMeter(failing, clock, (error) => faults.push(error));
    const through = Array.from({ length: 50 }, () => meter.spend("a", { most: 20, seconds: 60 }));
    expect(through.filter((retryAfter) => retryAfter === null)).toHaveLength(20);
    await new Promise(setImmediate);
    expect(faults).toHaveLength(10);
  });

  it("reports to the database for a tenth of the calls, and not at all for few calls", () => {
    let told = 0;
    const meter = createMeter(
      {
        add: (_name, _limit, points) => {
          told += 1;
          return Promise.resolve({ count: points, leftMs: 1_000 });
        },
      },
      clock,
      () => undefined,
    );
    for (let n = 0; n < 9; n++) meter.spend("few", { most: 100, seconds: 60 });
    expect(told).toBe(0);
    for (let n = 0; n < 100; n++) meter.spend("many", { most: 100, seconds: 60 });
    expect(told).toBe(10);
  });

  it("is bounded for any number of names, and drops the oldest first", () => {
    const still = testClock();
    const meter = createMeter(failing, still, () => undefined);
    const limit = { most: 1, seconds: 60 };
    for (let n = 0; n < 50_001; n++) meter.spend(`n${n}`, { most: 100, seconds: 60 });
    expect(meter.spend("late", limit)).toBeNull();
    expect(meter.spend("late", limit)).toBe(60);
    for (let n = 0; n < 30_000; n++) meter.spend(`m${n}`, { most: 100, seconds: 60 });
    expect(meter.spend("late", limit)).toBe(60);
  });
});

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0DB8:1:2::6", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("the network of %s is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
