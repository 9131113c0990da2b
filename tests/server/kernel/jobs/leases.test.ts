import { beforeEach, describe, expect, it } from "vitest";
import { heldJob, openProcesses } from "../../../support/jobs.ts";

const { leases, clock, open, pass, lease, said, reset } = await openProcesses();

beforeEach(reset);

describe("two processes", () => {
  it("that poll at the same moment, repeatedly: one runs the job each time", async () => {
    const held = heldJob();
    const processes = ["a", "b", "c"].map((holder) => open(holder, held));
    for (let n = 1; n <= 10; n++) {
      await Promise.all(processes.map((one) => one.tick()));
      expect(held.runs).toHaveLength(n);
      held.runs.at(-1)?.end();
      await Promise.all(processes.map((one) => one.idle()));
      pass(30);
    }
    expect(held.most()).toBe(1);
    expect((await leases.list()).map(({ job }) => job)).toEqual(["held"]);
  });

  it("a run longer than a lease is not taken over: the lease is renewed", async () => {
    const held = heldJob();
    const [a, b] = [open("a", held), open("b", held)];
    await a.tick();
    for (let n = 0; n < 10; n++) {
      pass(10);
      await a.tick();
      await b.tick();
    }
    expect(held.by()).toEqual(["a"]);
    held.runs[0]?.end();
    await a.idle();
    // The run has lasted three intervals, so the job is due again at once, but only once.
    await b.tick();
    await a.tick();
    expect(held.by()).toEqual(["a", "b"]);
    held.runs[1]?.end();
    await b.idle();
    await Promise.all([a.tick(), b.tick()]);
    expect(held.by()).toEqual(["a", "b"]);
    expect(held.most()).toBe(1);
  });

  it("a killed process: another one takes the job when the lease has expired, not before", async () => {
    const held = heldJob();
    const [dead, b] = [open("dead", held), open("b", held)];
    await dead.tick();
    pass(14.999);
    await b.tick();
    expect(held.by()).toEqual(["dead"]);
    pass(0.001);
    await b.tick();
    expect(held.by()).toEqual(["dead", "b"]);
  });

  it("a process that was paused past its lease learns it, and records nothing when its run ends", async () => {
    const held = heldJob();
    const [paused, b] = [open("paused", held), open("b", held)];
    await paused.tick();
    pass(20);
    await b.tick();
    const before = await lease();
    await paused.tick();
    expect(held.runs[0]?.signal?.aborted).toBe(true);
    expect(said("taken over")).toBe(1);
    held.runs[0]?.end();
    await paused.idle();
    expect(await lease()).toEqual(before);
    expect(before).toMatchObject({ holder: "b", token: 2 });
  });

  it("a process that ends its run after its lease, before it has polled again, records nothing either", async () => {
    const held = heldJob();
    const [paused, b] = [open("paused", held), open("b", held)];
    await paused.tick();
    pass(20);
    await b.tick();
    const before = await lease();
    held.runs[0]?.end();
    await paused.idle();
    expect(await lease()).toEqual(before);
    expect(said("taken it over")).toBe(1);
  });

  it("a process that was paused past its lease keeps the job when nobody took it", async () => {
    const held = heldJob();
    const [paused, b] = [open("paused", held), open("b", held)];
    await paused.tick();
    pass(20);
    await paused.tick();
    await b.tick();
    expect(held.by()).toEqual(["paused"]);
    expect(held.runs[0]?.signal?.aborted).toBe(false);
  });

  it("a process whose run was taken over begins no second one beside it", async () => {
    const held = heldJob();
    const [paused, b] = [open("paused", held), open("b", held)];
    await paused.tick();
    pass(20);
    await b.tick();
    held.runs[1]?.end();
    await b.idle();
    pass(30);
    await paused.tick();
    await paused.tick();
    expect(held.by()).toEqual(["paused", "b"]);
    held.runs[0]?.end();
    await paused.idle();
    await paused.tick();
    expect(held.by()).toEqual(["paused", "b", "paused"]);
  });

  it("a hanging run is given up after its longest time, also by a living process", async () => {
    const held = heldJob();
    const [hanging, b] = [open("hanging", held), open("b", held)];
    await hanging.tick();
    for (let n = 0; n < 18; n++) {
      pass(10);
      await hanging.tick();
    }
    expect(held.runs[0]?.signal?.aborted).toBe(true);
    pass(15);
    await b.tick();
    expect(held.by()).toEqual(["hanging", "b"]);
  });

  it("a hanging run does not block the next one in the only process", async () => {
    const held = heldJob();
    const only = open("only", held);
    await only.tick();
    for (let n = 0; n < 20; n++) {
      pass(10);
      await only.tick();
    }
    expect(held.by()).toEqual(["only", "only"]);
    held.runs[1]?.end();
    await only.idle();
    expect(await lease()).toMatchObject({ holder: null, token: 2 });
  });
});

describe("the shared clock", () => {
  it("set back by an hour: a run continues and is not taken over", async () => {
    const held = heldJob();
    const [a, b] = [open("a", held), open("b", held)];
    await a.tick();
    clock.pass(-60);
    await b.tick();
    for (let n = 0; n < 6; n++) {
      pass(5);
      await a.tick();
      await b.tick();
    }
    expect(held.by()).toEqual(["a"]);
    expect(held.runs[0]?.signal?.aborted).toBe(false);
  });

  it("set back by an hour: a run that is due by then runs now, and continues in its interval", async () => {
    const held = heldJob();
    const [a, b] = [open("a", held), open("b", held)];
    await a.tick();
    held.runs[0]?.end();
    await a.idle();
    clock.pass(-60);
    await b.tick();
    expect(held.by()).toEqual(["a", "b"]);
    held.runs[1]?.end();
    await b.idle();
    await a.tick();
    pass(30);
    await a.tick();
    expect(held.by()).toEqual(["a", "b", "a"]);
  });
});
