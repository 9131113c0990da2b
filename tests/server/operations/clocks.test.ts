import { afterEach, describe, expect, it, vi } from "vitest";
import { pino } from "pino";
import { defineJob } from "../../../server/kernel/jobs/job.ts";
import { createScheduler } from "../../../server/kernel/jobs/scheduler.ts";
import { createJobLeaseRepository } from "../../../server/kernel/jobs/job-lease-store.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { createDatabaseClock } from "../../../server/core/store/database-clock.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const HOUR = 3_600_000;
/** A clock that is wrong is wrong by an hour, and no machine is as slow as this. */
const MINUTE = 60_000;

afterEach(() => vi.restoreAllMocks());

describe("the time shared by all processes", () => {
  it.each([
    ["an hour ahead", HOUR],
    ["an hour behind", -HOUR],
  ])("is the database's, when this machine's clock is %s", async (_what, skew) => {
    const real = Date.now();
    const started = performance.now();
    vi.spyOn(Date, "now").mockImplementation(() => real + skew + performance.now() - started);
    const clock = await createDatabaseClock(connection);
    expect(Math.abs(clock.now().getTime() - (real + performance.now() - started))).toBeLessThan(MINUTE);
    expect(Math.abs(clock.machineAhead() - skew)).toBeLessThan(MINUTE);
    clock.stop();
  });

  it("does not jump when the machine's clock is set while it runs", async () => {
    const clock = await createDatabaseClock(connection);
    const before = clock.now().getTime();
    const real = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(real + HOUR);
    expect(clock.now().getTime() - before).toBeLessThan(MINUTE);
    clock.stop();
  });
});

describe("jobs whose times were written by a clock that was ahead", () => {
  const leases = createJobLeaseRepository(connection);
  const clock = testClock();
  const at = (minutes: number): Date => new Date(clock.now().getTime() + minutes * 60_000);
  const found = async () => (await leases.list()).find(({ job }) => job === "escalations");
  const other = { holder: "other", token: 7 };
  const nobody = { holder: null, token: 7 };

  it.each([
    ["put off by an hour", { ...nobody, nextRunAt: at(60), until: at(0) }, 1, { nextRunAt: at(0.5), token: 8 }],
    ["held for an hour", { ...other, nextRunAt: at(0), until: at(60) }, 0, { ...other, until: at(0.25) }],
    ["due", { ...nobody, nextRunAt: at(-1), until: at(-2) }, 1, { nextRunAt: at(0.5), token: 8 }],
    ["not due yet", { ...nobody, nextRunAt: at(0.4), until: at(-2) }, 0, { nextRunAt: at(0.4), token: 7 }],
    ["in hand", { ...other, nextRunAt: at(-1), until: at(0.2) }, 0, { ...other, nextRunAt: at(-1), until: at(0.2) }],
    ["of a holder that died", { ...other, nextRunAt: at(-1), until: at(-0.1) }, 1, { nextRunAt: at(0.5), token: 8 }],
  ])("%s", async (_what, lease, runs, after) => {
    await connection.collection("job_leases").deleteMany({});
    await leases.add(["escalations"], at(0));
    const before = await found();
    expect(await leases.replace(before!, { job: "escalations", ...lease })).toBe(true);
    let ran = 0;
    const job = defineJob({ name: "escalations", every: { seconds: 30 }, run: async () => void ran++ });
    const log = pino({ level: "silent" });
    const scheduler = createScheduler({ jobs: [job], context: null, leases, holder: "this", clock, log });
    await scheduler.tick();
    await scheduler.idle();
    expect(ran).toBe(runs);
    expect(await found()).toMatchObject(after);
  });
});
