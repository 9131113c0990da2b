import { setTimeout as wait } from "node:timers/promises";
import { submitRequest } from "../../server/core/usecases/requests/submit-request.ts";
import { toActor } from "../../server/core/domain/accounts/user.ts";
import { check, settle } from "./checks.ts";
import { type FaultName, faultNames, faults } from "./faults.ts";
import { type Wanted, startLoad } from "./load.ts";
import { seededRandom } from "../../server/demo/random.ts";
import type { ChaosWorld } from "./world.ts";

/** The result of a round. */
export interface Round {
  seed: number;
  faults: FaultName[];
  acknowledged: number;
  unknown: number;
  repeated: number;
  seconds: number;
  /** How long after the end of each fault steps were acknowledged again, ms. */
  recoveries: readonly { fault: FaultName; ms: number }[];
  /** What does not hold: must be empty. */
  wrong: string[];
}

export interface RoundOptions {
  seed: number;
  /** The minimum duration of the load, ms. */
  loadMs: number;
  /** These faults instead of three that the seed determines. */
  only?: readonly FaultName[];
}

const CLIENTS = 6;
/** The load goes on until so many steps are acknowledged after the last fault. */
const STEPS_AFTERWARDS = 20;
/** Filed so many minutes ago: a reminder, and a deadline that is missed, are due now. */
const OVERDUE = [16, 31, 46];

/**
 * A round: people work, three faults happen at moments that the seed determines, everything recovers, people work on,
 * and then all steps of this and earlier rounds are checked. `wanted` collects the attempted steps.
 */
export async function playRound(world: ChaosWorld, wanted: Wanted[], options: RoundOptions): Promise<Round> {
  const started = performance.now();
  const random = seededRandom(options.seed);
  const chosen = options.only ?? [random.pick(faultNames), random.pick(faultNames), random.pick(faultNames)];
  await world.consent();
  await fileOverdue(world);

  const crashed = world.crashes.length;
  const load = startLoad(world, random, CLIENTS);
  const over: { fault: FaultName; at: number }[] = [];
  const surprises = await Promise.all(
    chosen.map(async (fault) => {
      await wait((random.whole(10, 60) / 100) * options.loadMs);
      const surprise = await faults[fault](world, random);
      over.push({ fault, at: performance.now() });
      return surprise;
    }),
  );
  await wait(Math.max(0, options.loadMs - (performance.now() - started)));
  await Promise.all(world.hosts.map((host) => host.revive()));
  const silent = await load.acknowledges(STEPS_AFTERWARDS);
  await load.stop();
  wanted.push(...load.wanted);
  const recoveries = over.flatMap(({ fault, at }) => {
    const ms = load.answeredAfter(at);
    return ms === null ? [] : [{ fault, ms }];
  });
  const left = await settle(world);
  const wrong = [
    ...surprises.filter((one) => typeof one === "string"),
    ...load.surprises,
    ...(silent ? [silent] : []),
    ...world.crashes.slice(crashed),
    ...(left ? [left] : []),
    ...(await check(world, wanted)),
  ];
  const acknowledged = load.wanted.filter(({ outcome }) => outcome === "acknowledged").length;
  const unknown = load.wanted.filter(({ outcome }) => outcome === "unknown").length;
  const seconds = (performance.now() - started) / 1_000;
  const { seed } = options;
  const repeated = load.repeated();
  return { seed, faults: [...chosen], acknowledged, unknown, repeated, seconds, recoveries, wrong };
}

/** Files requests whose escalations become due during the faults. */
async function fileOverdue(world: ChaosWorld): Promise<void> {
  const [resident] = world.residents;
  if (!resident) throw new Error("nobody lives here");
  for (const minutes of OVERDUE) {
    await world.ago(minutes, () =>
      submitRequest(
        world.deps,
        { actor: toActor(resident), idempotency: null },
        { communityId: "east", serviceCode: "parcel", description: "等了很久的包裹", answers: {}, fileIds: [] },
      ),
    );
  }
}
