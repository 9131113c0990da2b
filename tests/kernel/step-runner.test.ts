import { describe, expect, it } from "vitest";
import { DomainError, refuse } from "../../server/kernel/errors.ts";
import { MAX_ATTEMPTS, type Step, runStep } from "../../server/kernel/step-runner.ts";

const intent = { key: "k1", bodyHash: "hash" };

interface Counter {
  count: number;
  version: number;
  steps: readonly { key: string; bodyHash: string }[];
}

/** A counter that `others` moves once before each of the first saves, and what was done with it. */
function aCounter({ others = 0, steps = [] as Counter["steps"] } = {}) {
  const calls: string[] = [];
  let [count, version] = [0, 1];
  const step: Step<Counter, { to: number; on: number }, number> = {
    load: () => {
      calls.push("load");
      return Promise.resolve({ count, version, steps });
    },
    decide: (loaded) => {
      calls.push("decide");
      return { to: loaded.count + 1, on: loaded.version };
    },
    save: ({ to, on }) => {
      calls.push("save");
      if (others-- > 0) [count, version] = [count + 10, version + 1];
      if (on !== version) return Promise.resolve(null);
      [count, version] = [to, version + 1];
      return Promise.resolve(count);
    },
    unchanged: (loaded) => loaded.count,
    wakeRelay: () => void calls.push("wake"),
  };
  return { step, calls, count: () => count };
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "taken";
};

const oneAttempt = ["load", "decide", "save"];

describe("a step", () => {
  it("needs one load and one save, and then wakes the relay", async () => {
    const { step, calls, count } = aCounter();
    expect(await runStep(intent, step)).toBe(1);
    expect(calls).toEqual([...oneAttempt, "wake"]);
    expect(count()).toBe(1);
  });

  it("is loaded and decided again when others have moved the version", async () => {
    const { step, calls } = aCounter({ others: 2 });
    expect(await runStep(intent, step)).toBe(21);
    expect(calls).toEqual([...oneAttempt, ...oneAttempt, ...oneAttempt, "wake"]);
  });

  it("is refused when others are faster at every attempt, and does not wake the relay", async () => {
    const { step, calls, count } = aCounter({ others: MAX_ATTEMPTS });
    expect(await codeOf(runStep(intent, step))).toBe("write.contended");
    expect(calls).toEqual(Array.from({ length: MAX_ATTEMPTS }, () => oneAttempt).flat());
    expect(count()).toBe(10 * MAX_ATTEMPTS);
  });

  it("can succeed at the last attempt", async () => {
    const { step } = aCounter({ others: MAX_ATTEMPTS - 1 });
    expect(await codeOf(runStep(intent, step))).toBe("taken");
  });

  it.each<[string, { key: string; bodyHash: string; otherHashes?: string[] }]>([
    ["the same body", intent],
    ["the same body, hashed with an older key", { key: "k1", bodyHash: "new", otherHashes: ["older", "hash"] }],
  ])("with an idempotency key that was used for %s is answered and not taken", async (_what, again) => {
    const { step, calls } = aCounter({ steps: [intent] });
    expect(await runStep(again, step)).toBe(0);
    expect(calls).toEqual(["load"]);
  });

  it("with an idempotency key that was used for another body is refused before it is decided", async () => {
    const { step, calls } = aCounter({ steps: [{ ...intent, bodyHash: "other" }] });
    expect(await codeOf(runStep(intent, step))).toBe("idempotency.key_reused");
    expect(calls).toEqual(["load"]);
  });

  it("without an idempotency key is always taken", async () => {
    const { step } = aCounter({ steps: [intent] });
    expect(await runStep(null, step)).toBe(1);
  });

  it("with nothing to do answers with the loaded state", async () => {
    const { step, calls } = aCounter();
    expect(await runStep(intent, { ...step, decide: () => null })).toBe(0);
    expect(calls).toEqual(["load"]);
  });

  it("that is refused writes nothing", async () => {
    const { step, calls } = aCounter();
    const decide = (): never => refuse("request.not_allowed");
    expect(await codeOf(runStep(intent, { ...step, decide }))).toBe("request.not_allowed");
    expect(calls).toEqual(["load"]);
  });

  it("without an event does not wake the relay", async () => {
    const { step, calls } = aCounter();
    const { wakeRelay: _none, ...silent } = step;
    expect(await runStep(intent, silent)).toBe(1);
    expect(calls).toEqual(oneAttempt);
  });

  it("that another process has saved meanwhile under the same key is answered and not taken", async () => {
    const { step, calls } = aCounter();
    let written = false;
    const answer = await runStep(intent, {
      ...step,
      load: async () => ({ ...(await step.load()), steps: written ? [intent] : [] }),
      save: () => {
        written = true;
        return Promise.resolve(null);
      },
    });
    expect(answer).toBe(0);
    expect(calls).toEqual(["load", "decide", "load"]);
  });
});
