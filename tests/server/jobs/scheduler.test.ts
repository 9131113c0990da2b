import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { type Job, defineJob } from "../../../server/kernel/jobs/job.ts";
import { escalations } from "../../../server/core/jobs/escalations.ts";
import { createScheduler, startScheduler } from "../../../server/kernel/jobs/scheduler.ts";
import type { Ports } from "../../../server/core/ports.ts";
import { systemClock } from "../../../server/kernel/clock.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openWorld({ connection });
const { deps, clock, relay } = world;

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** The parts that all processes share. */
const shared = { context: deps, leases: deps.store.jobLeases, clock: systemClock, log: deps.log };

/** Starts a process's scheduler on this database. */
function scheduler(jobs: readonly Job<Ports>[]): void {
  stops.push(startScheduler({ ...shared, jobs, holder: randomUUID(), pollMs: 40, leaseMs: 60_000 }));
}

/** A promise with a function that resolves it. */
function signal(): { met: Promise<void>; meet: () => void } {
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  return { met, meet };
}

describe("two schedulers on one database", () => {
  it("have each job once, run it in turns and never at once", async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const enough = signal();
    const job = defineJob({
      name: "counted",
      every: { seconds: 0.05 },
      async run() {
        most = Math.max(most, ++running);
        await deps.store.ping();
        running--;
        if (++runs === 6) enough.meet();
      },
    });
    scheduler([job]);
    scheduler([job]);
    await enough.met;
    expect(most).toBe(1);
    expect((await deps.store.jobLeases.list()).filter((lease) => lease.job === "counted")).toHaveLength(1);
  });

  it("one that starts leaves the lease and the time of what the other is running", async () => {
    const [began, ended, followed] = [signal(), signal(), signal()];
    const long = defineJob({
      name: "long",
      every: { minutes: 1 },
      async run() {
        began.meet();
        await ended.met;
      },
    });
    // This job is due after the other, so its run proves that the scheduler has passed the other.
    const following = defineJob({ name: "following", every: { minutes: 1 }, run: async () => followed.meet() });
    const noted = async () => (await deps.store.jobLeases.list()).find((lease) => lease.job === "long");
    scheduler([long]);
    await began.met;
    const before = await noted();
    expect(before?.holder).toBeTruthy();
    scheduler([long, following]);
    await followed.met;
    expect(await noted()).toEqual(before);
    ended.meet();
  });

  it("climb the ladder once, though one process takes a batch and hangs", async () => {
    const resident = await world.as(await world.resident());
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await resident.call("POST /api/requests", { body: submission() })).ok.id);
    clock.pass(46);
    const died = signal();
    // The first machine takes one escalation and then dies; its lease expires.
    const dying: Job<Ports> = {
      ...escalations,
      async run(given) {
        let saves = 0;
        const { saveStep } = given.store.requests;
        const requests = {
          ...given.store.requests,
          saveStep: (...args: Parameters<typeof saveStep>) => {
            if (++saves <= 1) return saveStep(...args);
            died.meet();
            return new Promise<never>(() => undefined);
          },
        };
        await escalations.run({ ...given, store: { ...given.store, requests } });
      },
    };
    const leaseClock = testClock();
    const tick = (holder: string, job: Job<Ports>): Promise<void> =>
      createScheduler({ ...shared, clock: leaseClock, jobs: [job], holder }).tick();
    await tick("dying", dying);
    await died.met;
    leaseClock.pass(1);
    const done = signal();
    const living: Job<Ports> = {
      ...escalations,
      async run(given) {
        await escalations.run(given);
        done.meet();
      },
    };
    await tick("living", living);
    await done.met;
    await relay.drain();
    for (const id of ids) {
      const types = (await deps.store.log.ofRequest(id)).map(({ type }) => type);
      expect(types).toEqual([
        "request.submitted", "request.reminded", "request.reminded", "request.overdue", "request.supervised",
      ]); // prettier-ignore
    }
  });

  it("try again after a failure", async () => {
    let runs = 0;
    const again = signal();
    const job = defineJob({
      name: "failing",
      every: { seconds: 0.05 },
      run() {
        if (++runs > 1) again.meet();
        return Promise.reject(new Error("no luck"));
      },
    });
    scheduler([job]);
    await again.met;
    expect(runs).toBeGreaterThan(1);
  });
});
