import { afterEach, describe, expect, it, vi } from "vitest";
import { createQueueHead } from "../../../server/core/usecases/requests/queue-head.ts";

const nobody = new Set<string>();

afterEach(() => void vi.useRealTimers());
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A queue in a database, `q000`, `q001` …, and processes that assign its head. */
function openQueue(length: number, processes: number) {
  const waiting = Array.from({ length }, (_, n) => `q${String(n).padStart(3, "0")}`);
  const requests = { queueHead: async (_communityId: string, limit: number) => waiting.slice(0, limit) };
  const heads = Array.from({ length: processes }, () => createQueueHead({ requests }));
  const claimed = new Set<string>();
  /** A guarded claim: only the first of two claims of the same request succeeds. */
  const claim = (id: string): boolean => {
    if (claimed.has(id)) return false;
    claimed.add(id);
    waiting.splice(waiting.indexOf(id), 1);
    return true;
  };
  return { heads, claim, claimed };
}

describe("the head of a queue", () => {
  it("is handed out in order, each id once", async () => {
    const { heads } = openQueue(500, 1);
    const taken = await Promise.all(Array.from({ length: 300 }, () => heads[0]!.next("east", nobody)));
    expect(new Set(taken).size).toBe(300);
    expect(taken.slice(0, 3)).toEqual(["q000", "q001", "q002"]);
  });

  it("skips what somebody cannot take, and gives back what was not tried", async () => {
    const [head] = openQueue(3, 1).heads;
    expect(await head!.next("east", new Set(["q000"]))).toBe("q001");
    head!.done("east", "q001", "unused");
    expect(await head!.next("east", nobody)).toBe("q001");
    expect(await head!.next("east", nobody)).toBe("q000");
    expect(await head!.next("east", new Set(["q002"]))).toBeNull();
  });

  it("is the first also beside another process, for whoever asks alone", async () => {
    const { heads, claim } = openQueue(100, 1);
    for (let n = 0; n < 20; n++) {
      const id = (await heads[0]!.next("east", nobody)) ?? "";
      expect(id).toBe(`q${String(n).padStart(3, "0")}`);
      claim(id);
      heads[0]!.done("east", id, "lost");
    }
  });

  it("is spread between two processes under many claims: few are for what the other has", async () => {
    const { heads, claim, claimed } = openQueue(5_000, 2);
    vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
    let lost = 0;
    let working = 32;
    const claimers = Array.from({ length: working }, async (_, n) => {
      const head = heads[n % 2]!;
      for (let count = 0; count < 30;) {
        const id = (await head.next("east", nobody)) ?? "";
        // A claim takes some time, during which the other process assigns its own.
        await pass(2 + (n % 5));
        const won = claim(id);
        head.done("east", id, won ? "taken" : "lost");
        if (won) count++;
        else lost++;
      }
      working--;
    });
    while (working) await vi.advanceTimersByTimeAsync(1);
    await Promise.all(claimers);
    expect(claimed.size).toBe(960);
    // Processes in lockstep would lose one claim for each successful one.
    expect(lost).toBeLessThan(480);
  });
});
