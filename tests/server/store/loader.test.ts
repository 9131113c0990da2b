import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createLoader } from "../../../server/kernel/loader.ts";

/** A loader over a source whose answers the test controls. */
function source() {
  const reads: { keys: string[]; answer: (values: Record<string, number>) => void; fail: (error: Error) => void }[] =
    [];
  const load = createLoader<number>(
    (keys) =>
      new Promise((resolve, reject) => {
        reads.push({ keys, answer: (values) => resolve(new Map(Object.entries(values))), fail: reject });
      }),
  );
  return { reads, load };
}

describe("reads by key", () => {
  it("of one moment are one query; each gets its own, and null for what is not there", async () => {
    const { reads, load } = source();
    const asked = Promise.all([load("a"), load("b"), load("a"), load("none")]);
    await turn();
    await turn();
    expect(reads.map(({ keys }) => keys)).toEqual([["a", "b", "none"]]);
    reads[0]!.answer({ a: 1, b: 2 });
    expect(await asked).toEqual([1, 2, 1, null]);
  });

  it("see what was written before they were asked: none joins a query that has left", async () => {
    const { reads, load } = source();
    const before = load("a");
    await turn();
    await turn();
    expect(reads).toHaveLength(1);
    const after = load("a");
    reads[0]!.answer({ a: 1 });
    expect(await before).toBe(1);
    await turn();
    await turn();
    expect(reads).toHaveLength(2);
    reads[1]!.answer({ a: 2 });
    expect(await after).toBe(2);
  });

  it("fail together, and the next ones are asked anew", async () => {
    const { reads, load } = source();
    const asked = Promise.allSettled([load("a"), load("b")]);
    await turn();
    await turn();
    const later = load("a");
    reads[0]!.fail(new Error("gone"));
    expect((await asked).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await turn();
    await turn();
    reads[1]!.answer({ a: 3 });
    expect(await later).toBe(3);
  });
});
