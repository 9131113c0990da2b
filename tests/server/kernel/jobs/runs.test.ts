import { beforeEach, describe, expect, it } from "vitest";
import { nextRunAfter } from "../../../../server/kernel/jobs/job-lease.ts";
import { defineJob } from "../../../../server/kernel/jobs/job.ts";
import { heldJob, openProcesses } from "../../../support/jobs.ts";

const { leases, open, pass, lease, said, reset } = await openProcesses();

beforeEach(reset);

describe("times", () => {
  it("that were missed are run once", async () => {
    const held = heldJob();
    const a = open("a", held);
    await a.tick();
    held.runs[0]?.end();
    await a.idle();
    // The process was down overnight.
    pass(12 * 3_600 + 7);
    for (let n = 0; n < 3; n++) {
      await a.tick();
      held.runs.at(-1)?.end();
      await a.idle();
    }
    expect(held.runs).toHaveLength(2);
    pass(23);
    await a.tick();
    expect(held.runs).toHaveLength(3);
  });

  const planned = new Date("2026-11-30T08:00:00+08:00");
  it.each([
    ["in time", 0, 30],
    ["a second late", 1, 30],
    ["just before the next", 29.999, 30],
    ["at the next", 30, 60],
    ["five times late", 155, 180],
    ["before its time", -5, 30],
  ])("keep the rhythm of a run that began %s", (_when, late, next) => {
    const started = new Date(planned.getTime() + late * 1_000);
    expect(nextRunAfter(planned, started, 30_000)).toEqual(new Date(planned.getTime() + next * 1_000));
  });

  it("are not zero apart", () => {
    expect(() => defineJob({ name: "never", every: {}, run: async () => undefined })).toThrow("never");
  });
});

describe("a run that fails", () => {
  it("is logged and counted, and the next time it runs again", async () => {
    const held = heldJob();
    const ran: unknown[][] = [];
    const a = open("a", held, { ran: (...run) => ran.push(run) });
    await a.tick();
    pass(2);
    held.runs[0]?.end(new Error("no luck"));
    await a.idle();
    expect(said("no luck")).toBe(1);
    pass(28);
    await a.tick();
    held.runs[1]?.end();
    await a.idle();
    expect(ran).toEqual([
      ["held", 2, false],
      ["held", 0, true],
    ]);
  });

  it("to store its end is logged, and run again when the lease ends", async () => {
    const held = heldJob();
    const broken = { ...leases, update: () => Promise.reject(new Error("the line broke")) };
    const a = open("a", held, { leases: broken });
    await a.tick();
    held.runs[0]?.end();
    await a.idle();
    expect(said("the line broke")).toBe(1);
    pass(15);
    await a.tick();
    expect(held.runs).toHaveLength(2);
  });
});

describe("a stop", () => {
  it("waits for what runs, and begins nothing more", async () => {
    const held = heldJob();
    const a = open("a", held);
    await a.tick();
    let stopped = false;
    const stop = a.stop().then(() => (stopped = true));
    pass(60);
    await a.tick();
    expect(stopped).toBe(false);
    held.runs[0]?.end();
    await stop;
    expect(held.runs).toHaveLength(1);
    expect(await lease()).toMatchObject({ holder: null });
  });

  it("leaves what does not end to others, at once", async () => {
    const held = heldJob();
    const [a, b] = [open("a", held, { drainMs: 1 }), open("b", held)];
    await a.tick();
    await a.stop();
    expect(held.runs[0]?.signal?.aborted).toBe(true);
    await b.tick();
    expect(held.by()).toEqual(["a", "b"]);
    const before = await lease();
    held.runs[0]?.end();
    await a.idle();
    expect(await lease()).toEqual(before);
  });
});
