import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWorkLoop } from "../../../server/log/work-loop.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/**
 * A loop that polls every 250 ms and pauses for 200 ms at most. The test sets how long each piece of work takes and its
 * result.
 */
function open() {
  const pieces: { takesMs?: number; did?: boolean; fails?: Error }[] = [];
  const failures: unknown[] = [];
  let count = 0;
  const loop = createWorkLoop({
    async work() {
      count++;
      const { takesMs = 0, did = false, fails } = pieces.shift() ?? {};
      if (takesMs) await new Promise((resolve) => setTimeout(resolve, takesMs));
      if (fails) throw fails;
      return did;
    },
    failed: (error) => failures.push(error),
    pollMs: 250,
    maxRestMs: 200,
  });
  return { loop, pieces, failures, count: () => count };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("a work loop", () => {
  it("runs at once, and then at its intervals", async () => {
    const { loop, count } = open();
    loop.start();
    await pass(249);
    expect(count()).toBe(1);
    await pass(1);
    expect(count()).toBe(2);
    await loop.stop();
  });

  it("starts the next run when it is woken", async () => {
    const { loop, count } = open();
    loop.start();
    await pass(10);
    loop.wake();
    await pass(0);
    expect(count()).toBe(2);
    await loop.stop();
  });

  it("starts another run after one during which it was woken", async () => {
    const { loop, pieces, count } = open();
    pieces.push({ takesMs: 50 });
    loop.start();
    await pass(20);
    loop.wake();
    await pass(30);
    expect(count()).toBe(2);
    await loop.stop();
  });

  it.each([
    ["twice as long as a short piece took", 30, 60],
    ["at most so long, after a long one", 500, 200],
  ])("rests %s, though it is woken", async (_what, takesMs, restMs) => {
    const { loop, pieces, count } = open();
    pieces.push({ takesMs, did: true });
    loop.start();
    await pass(takesMs);
    loop.wake();
    await pass(restMs - 1);
    expect(count()).toBe(1);
    await pass(1);
    expect(count()).toBe(2);
    await loop.stop();
  });

  it("goes on after a failure, and reports the time since the last success", async () => {
    const { loop, pieces, failures, count } = open();
    const error = new Error("no luck");
    pieces.push({}, { fails: error }, { fails: error });
    loop.start();
    await pass(500);
    expect([failures.length, count(), loop.quietMs()]).toEqual([2, 3, 500]);
    await pass(250);
    expect([count(), loop.quietMs()]).toEqual([4, 0]);
    await loop.stop();
  });

  it("stops after the run in progress, without the pause, and starts again", async () => {
    const { loop, pieces, count } = open();
    pieces.push({ takesMs: 100, did: true });
    loop.start();
    let stopped = false;
    const stop = loop.stop().then(() => (stopped = true));
    await pass(99);
    expect(stopped).toBe(false);
    await pass(1);
    await stop;
    await pass(1_000);
    expect([count(), loop.quietMs()]).toEqual([1, 0]);
    loop.start();
    await pass(0);
    expect(count()).toBe(2);
    await loop.stop();
  });

  it("stops during a pause", async () => {
    const { loop, count } = open();
    loop.start();
    await pass(1);
    await loop.stop();
    expect(count()).toBe(1);
  });
});
