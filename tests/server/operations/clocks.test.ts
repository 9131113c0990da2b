import { afterEach, describe, expect, it, vi } from "vitest";
import type { Collection } from "mongodb";
import type { Ports } from "../../../server/core/ports.ts";
import type { Job } from "../../../server/kernel/jobs/job.ts";
import { type StoredJob, mendJobTimes } from "../../../server/kernel/jobs/job-times.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { createDatabaseClock } from "../../../server/core/store/database-clock.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const HOUR = 3_600_000;

afterEach(() => vi.restoreAllMocks());

describe("the time that all processes share", () => {
  it.each([
    ["an hour ahead", HOUR],
    ["an hour behind", -HOUR],
  ])("is the database's, when this machine's clock is %s", async (_what, skew) => {
    const real = Date.now();
    const started = performance.now();
    vi.spyOn(Date, "now").mockImplementation(() => real + skew + performance.now() - started);
    const clock = await createDatabaseClock(connection);
    expect(Math.abs(clock.now().getTime() - (real + performance.now() - started))).toBeLessThan(2_000);
    expect(Math.abs(clock.machineAhead() - skew)).toBeLessThan(2_000);
    clock.stop();
  });

  it("does not jump when the machine's clock is set while it runs", async () => {
    const clock = await createDatabaseClock(connection);
    const before = clock.now().getTime();
    const real = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(real + HOUR);
    expect(clock.now().getTime() - before).toBeLessThan(2_000);
    clock.stop();
  });
});

describe("jobs, of which agenda judges by the machine's clock", () => {
  const stored = connection.collection("jobs") as unknown as Collection<StoredJob>;
  const job: Job<Ports> = { name: "ladder", everySeconds: 30, run: async () => undefined };
  const clock = testClock();
  const at = (minutes: number): Date => new Date(clock.now().getTime() + minutes * 60_000);
  const found = () => stored.findOne({ name: "ladder" });

  it.each([
    ["put off by an hour, by a machine that was ahead", { nextRunAt: at(60), lockedAt: null }, 0, { nextRunAt: at(0) }],
    ["locked for an hour, by a machine that was ahead", { nextRunAt: at(0), lockedAt: at(60) }, 0, { lockedAt: at(0) }],
    ["due, and this machine is behind", { nextRunAt: at(-1), lockedAt: null }, -60, { nextRunAt: at(-60) }],
    ["not due yet", { nextRunAt: at(0.4), lockedAt: null }, 0, { nextRunAt: at(0.4) }],
    ["not due yet, and this machine is behind", { nextRunAt: at(0.4), lockedAt: null }, -60, { nextRunAt: at(0.4) }],
    ["in hand", { nextRunAt: at(-1), lockedAt: at(-0.2) }, -60, { nextRunAt: at(-1), lockedAt: at(-0.2) }],
  ])("%s", async (_what, before, machineMinutes, after) => {
    await stored.deleteMany({});
    await stored.insertOne({ name: "ladder", lastModifiedBy: null, ...before });
    await mendJobTimes(stored, [job], clock, testClock(at(machineMinutes)));
    expect(await found()).toMatchObject(after);
  });
});
