import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBatcher } from "../../server/kernel/batcher.ts";
import { isDatabaseAway } from "../../server/kernel/database-away.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a batch", () => {
  it("that never ends fails those who wait for it, and those who come after it are served", async () => {
    const batches: (readonly string[])[] = [];
    const ask = createBatcher<string, string>(async (items) => {
      batches.push(items);
      return items[0] === "hangs" ? new Promise<never>(() => undefined) : items.map((item) => item.toUpperCase());
    });
    const first = ask("hangs").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1);
    const later = Promise.all(["a", "b"].map(ask));
    await vi.advanceTimersByTimeAsync(19_000);
    expect(batches).toEqual([["hangs"]]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(isDatabaseAway(await first)).toBe(true);
    expect(await later).toEqual(["A", "B"]);
  });

  it("that fails fails those who wait for it, and those who come after it are served", async () => {
    let fails = true;
    const ask = createBatcher<string, string>(async (items) => {
      if (fails) throw new Error("away");
      return items;
    });
    const first = ask("a").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toEqual(new Error("away"));
    fails = false;
    const second = ask("b");
    await vi.advanceTimersByTimeAsync(1);
    expect(await second).toBe("b");
  });
});
