import type { People } from "./people.ts";
import type { Peer, PeerKind } from "./peers.ts";
import type { Outcome } from "./run-clients.ts";
import type { ServerProcess, Stage } from "./stage.ts";
import { median } from "./statistics.ts";
import { cpuSeconds, drained } from "./watch.ts";

/** The result of a comparison in turns: the median of the rounds' ratios, with its name and goal. */
export interface Compared {
  name: string;
  goal: string;
  ratio: number;
  reached: boolean;
}

const DRAIN_MS = 5_000;

const perSecond = ({ lifecycles, seconds }: Outcome): number => lifecycles / seconds;

function assertClean({ errors }: Outcome, of: string): void {
  const [what, times] = Object.entries(errors)[0] ?? [];
  if (what) throw new Error(`${of} refused ${times} times: ${what}`);
}

/**
 * Compares lifecycles per second of the product and a peer in turns, in `rounds` slices of `ms`; the result is the
 * median
 * of the rounds' ratios. The relay must catch up within five seconds after each slice.
 */
export async function compareLifecycles(
  stage: Stage,
  {
    server,
    people,
    peer,
    clients,
    rounds,
    ms,
  }: {
    server: ServerProcess;
    people: People;
    peer: Peer;
    clients: number;
    rounds: number;
    ms: number;
  },
): Promise<{ ratio: number; drain: number; cpu: number }> {
  const ratios: number[] = [];
  const drains: number[] = [];
  const cpus: number[] = [];
  const product = async (length: number): Promise<Outcome> => {
    people.renew();
    const target = { kind: "product" as const, ports: [server.port], ...people };
    const before = await cpuSeconds(server.pid);
    const outcome = await stage.load({ do: "closed", target, clients, ms: length });
    assertClean(outcome, "the product");
    drains.push(await drained(stage, people.communityIds));
    cpus.push(((await cpuSeconds(server.pid)) - before) / outcome.lifecycles);
    return outcome;
  };
  const other = async (length: number): Promise<Outcome> => {
    const outcome = await stage.load({ do: "closed", target: peer.target, clients, ms: length });
    assertClean(outcome, peer.kind);
    return outcome;
  };
  // Warm-up, not counted: code is compiled and pages are read.
  await product(ms / 2);
  await other(ms / 2);
  drains.length = 0;
  cpus.length = 0;
  for (let round = 0; round < rounds; round++) {
    const ours = await product(ms);
    const theirs = await other(ms);
    ratios.push(perSecond(ours) / perSecond(theirs));
    console.log(
      `  ${clients} 个客户端：店小二 ${line(ours)}，追上台账 ${Math.round(drains.at(-1) ?? 0)} ms；${peer.name} ${line(theirs)}`,
    );
  }
  const drain = Math.max(...drains);
  if (drain > DRAIN_MS) console.log(`  台账落后 ${Math.round(drain)} ms，超过 ${DRAIN_MS} ms：这一项不算达到`);
  return { ratio: drain > DRAIN_MS ? 0 : median(ratios), drain, cpu: median(cpus) };
}

function line(outcome: Outcome): string {
  const { create, rate } = outcome.waits;
  return `${perSecond(outcome).toFixed(0)} 次/秒（提交 p50 ${create.p50.toFixed(0)} p99 ${create.p99.toFixed(0)}，评价 p99 ${rate.p99.toFixed(0)} ms）`;
}

/** The number of clients and the required ratio for each peer. */
export const goals: Record<PeerKind, { clients: number; least: number }> = {
  raw: { clients: 16, least: 0.5 },
  parse: { clients: 64, least: 4.5 },
};

/** Compares the product with one peer. */
export async function lifecyclesBeside(
  stage: Stage,
  size: { server: ServerProcess; people: People; rounds: number; ms: number },
  peer: Peer,
): Promise<Compared> {
  const { clients, least } = goals[peer.kind];
  const { ratio, drain, cpu } = await compareLifecycles(stage, { ...size, peer, clients });
  console.log(`  服务进程每次 ${(cpu * 1e6).toFixed(0)} µs CPU，台账最多落后 ${Math.round(drain)} ms`);
  const name = `每秒办完的诉求，${clients} 个客户端，与${peer.name}相比`;
  return { name, goal: `≥ ${least}`, ratio, reached: ratio >= least };
}
