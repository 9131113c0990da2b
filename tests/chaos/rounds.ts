import { setTimeout as wait } from "node:timers/promises";
import { submitRequest } from "../../server/core/usecases/requests/submit-request.ts";
import { toActor } from "../../server/core/domain/accounts/user.ts";
import { check, settle } from "./checks.ts";
import { type FaultName, faultNames, faults } from "./faults.ts";
import { type Wanted, startLoad } from "./load.ts";
import { seededRandom } from "../../server/demo/random.ts";
import type { ChaosWorld } from "./world.ts";

/** What came of one round. */
export interface Round {
  seed: number;
  faults: FaultName[];
  acknowledged: number;
  unknown: number;
  repeated: number;
  seconds: number;
  /** What does not hold: must be empty. */
  wrong: string[];
}

export interface RoundOptions {
  seed: number;
  /** How long the load lasts at least, ms. */
  loadMs: number;
  /** Instead of three drawn from the seed. */
  only?: readonly FaultName[];
}

const CLIENTS = 6;
/** Filed so many minutes ago: a reminder, and a deadline that is missed, are due now. */
const OVERDUE = [16, 31, 46];

/**
 * One round: people work, three things go wrong at moments drawn from the seed, everything comes back, and then
 * everything of this round and of all before it is looked at. `wanted` has what was asked for so far.
 */
export async function playRound(world: ChaosWorld, wanted: Wanted[], options: RoundOptions): Promise<Round> {
  const started = performance.now();
  const random = seededRandom(options.seed);
  const chosen = options.only ?? [random.pick(faultNames), random.pick(faultNames), random.pick(faultNames)];
  await world.consent();
  await fileOverdue(world);

  const load = startLoad(world, random, CLIENTS);
  const surprises = await Promise.all(
    chosen.map(async (name) => {
      await wait((random.whole(10, 60) / 100) * options.loadMs);
      return faults[name](world, random);
    }),
  );
  await wait(Math.max(0, options.loadMs - (performance.now() - started)));
  await Promise.all(world.hosts.map((host) => host.revive()));
  await load.stop();
  wanted.push(...load.wanted);
  const left = await settle(world);
  const wrong = [
    ...surprises.filter((one) => typeof one === "string"),
    ...load.surprises,
    ...(left ? [left] : []),
    ...(await check(world, wanted)),
  ];
  const acknowledged = load.wanted.filter(({ outcome }) => outcome === "acknowledged").length;
  const unknown = load.wanted.filter(({ outcome }) => outcome === "unknown").length;
  const seconds = (performance.now() - started) / 1_000;
  return { seed: options.seed, faults: [...chosen], acknowledged, unknown, repeated: load.repeated(), seconds, wrong };
}

/** Requests for which an escalation is due at once, in the middle of the faults. */
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
