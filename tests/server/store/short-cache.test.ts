import { describe, expect, it, vi } from "vitest";
import { createShortCache } from "../../../server/kernel/short-cache.ts";

describe("the short cache", () => {
  it("reads once for all who ask within five seconds", async () => {
    let now = 0;
    const load = vi.fn<(id: string) => Promise<string>>(async (id: string) => `${id} at ${now}`);
    const cache = createShortCache(load, () => now);
    expect(await Promise.all([cache.get("a"), cache.get("a")])).toEqual(["a at 0", "a at 0"]);
    now = 4_999;
    expect(await cache.get("a")).toBe("a at 0");
    now = 5_000;
    expect(await cache.get("a")).toBe("a at 5000");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("does not keep what was read before a change, though it comes after", async () => {
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    let reads = 0;
    const cache = createShortCache(() => answers[reads++]!.promise);
    const before = cache.get("plan");
    cache.forget("plan");
    const after = cache.get("plan");
    answers[1]!.resolve("new");
    answers[0]!.resolve("old");
    expect([await before, await after, await cache.get("plan")]).toEqual(["old", "new", "new"]);
  });

  it("keeps neither a failure nor nothing", async () => {
    const load = vi.fn<() => Promise<string | null>>();
    load.mockRejectedValueOnce(new Error("away")).mockResolvedValueOnce(null).mockResolvedValueOnce("there");
    const cache = createShortCache(load);
    await expect(cache.get("a")).rejects.toThrow("away");
    expect(await cache.get("a")).toBeNull();
    expect(await cache.get("a")).toBe("there");
  });
});
