import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLiveness } from "../../../server/operations/liveness.ts";
import type { NotReady } from "../../../server/operations/readiness.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A process to whom the database is away, and whether a new connection reaches it. */
function process(reachable: boolean) {
  const state = { reasons: ["database"] as NotReady[], reachable };
  const gaveUp = vi.fn<() => void>();
  const liveness = createLiveness({
    notReady: async () => state.reasons,
    reach: async () => {
      if (!state.reachable) throw new Error("away");
    },
    gaveUp,
  });
  return { state, gaveUp, liveness };
}

describe("liveness", () => {
  it("ends a process that does not come back to a database that is there", async () => {
    const { gaveUp, liveness } = process(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(liveness.alive()).toBe(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(liveness.alive()).toBe(false);
    expect(gaveUp).toHaveBeenCalledOnce();
  });

  it("lets one live whose database is away, and one that came back", async () => {
    const { state, gaveUp, liveness } = process(false);
    await vi.advanceTimersByTimeAsync(600_000);
    state.reasons = [];
    await vi.advanceTimersByTimeAsync(5_000);
    state.reachable = true;
    state.reasons = ["database"];
    await vi.advanceTimersByTimeAsync(50_000);
    state.reasons = ["relay"];
    await vi.advanceTimersByTimeAsync(600_000);
    expect(gaveUp).not.toHaveBeenCalled();
    expect(liveness.alive()).toBe(true);
  });
});
