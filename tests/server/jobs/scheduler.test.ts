import { systemClock } from "../../../server/kernel/clock.ts";
import { afterAll, describe, expect, it } from "vitest";
import type { Ports } from "../../../server/core/ports.ts";
import type { Job } from "../../../server/kernel/jobs/job.ts";
import { ladder } from "../../../server/core/jobs/ladder.ts";
import { startScheduler } from "../../../server/kernel/jobs/scheduler.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openWorld({ connection });
const { deps, clock, relay } = world;

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** A process's scheduler, on this database. */
async function scheduler(jobs: readonly Job<Ports>[], lockMs = 60_000): Promise<void> {
  stops.push(await startScheduler({ jobs, deps, db: connection.db, clock: systemClock, pollMs: 40, lockMs }));
}

/** A promise, and what keeps it. */
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
    const job: Job<Ports> = {
      name: "counted",
      everySeconds: 0.05,
      async run() {
        most = Math.max(most, ++running);
        await deps.store.ping();
        running--;
        if (++runs === 6) enough.meet();
      },
    };
    await Promise.all([scheduler([job]), scheduler([job])]);
    await enough.met;
    expect(most).toBe(1);
    expect(await connection.collection("jobs").countDocuments({ name: "counted" })).toBe(1);
  });

  it("one that starts leaves the lock and the time of what the other is running", async () => {
    const [began, ended] = [signal(), signal()];
    const long: Job<Ports> = {
      name: "long",
      everySeconds: 60,
      async run() {
        began.meet();
        await ended.met;
      },
    };
    const noted = async () => connection.collection("jobs").findOne({ name: "long" });
    await scheduler([long]);
    await began.met;
    const before = await noted();
    expect(before?.["lockedAt"]).toBeInstanceOf(Date);
    await scheduler([long]);
    expect(await noted()).toEqual(before);
    ended.meet();
  });

  it("climb the ladder once, though one process takes a batch and hangs", async () => {
    const resident = await world.as(await world.resident());
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await resident.call("POST /api/requests", { body: submission() })).ok.id);
    clock.pass(46);
    const died = signal();
    // The machine that is first takes one rung and is not heard of again: its lock runs out.
    const dying: Job<Ports> = {
      ...ladder,
      everySeconds: 0.05,
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
        await ladder.run({ ...given, store: { ...given.store, requests } });
      },
    };
    await startScheduler({ jobs: [dying], deps, db: connection.db, clock: systemClock, pollMs: 40, lockMs: 300 });
    await died.met;
    const done = signal();
    const living: Job<Ports> = {
      ...ladder,
      everySeconds: 0.05,
      async run(given) {
        await ladder.run(given);
        done.meet();
      },
    };
    await scheduler([living], 300);
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
    const job: Job<Ports> = {
      name: "failing",
      everySeconds: 0.05,
      run() {
        if (++runs > 1) again.meet();
        return Promise.reject(new Error("no luck"));
      },
    };
    await scheduler([job]);
    await again.met;
    expect(runs).toBeGreaterThan(1);
  });
});
