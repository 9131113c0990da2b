import { steps } from "./lifecycle.ts";
import type { People } from "./people.ts";
import type { ServerProcess, Stage } from "./stage.ts";
import { drained, memory } from "./watch.ts";

const LATE_MS = 500;
const FIRST_RATE = 20;
const RISE = 1.3;
const MAX_RATE = 2_000;
/** The most lifecycles in progress at once. */
const CLIENTS = 512;

/**
 * Raises the arrival rate of lifecycles until the 99th percentile of a step's wait exceeds half a second. The knee is
 * the
 * rate before. Prints a line for each rate.
 */
export async function findKnee(
  stage: Stage,
  { server, people, ms }: { server: ServerProcess; people: People; ms: number },
): Promise<number> {
  const table: Record<string, object> = {};
  let knee = 0;
  for (let rate = FIRST_RATE; rate < MAX_RATE; rate = Math.round(rate * RISE)) {
    people.renew();
    const target = { kind: "product" as const, ports: [server.port], ...people };
    const outcome = await stage.load({ do: "open", target, clients: CLIENTS, ms, rate, seed: rate });
    const worst = Math.max(...steps.map((step) => outcome.waits[step].p99));
    const errors = Object.values(outcome.errors).reduce((sum, n) => sum + n, 0);
    for (const [what, times] of Object.entries(outcome.errors)) console.log(`  ${rate}/秒：${times} 次 ${what}`);
    const { now, peak } = await memory(server.pid);
    table[`${rate}/秒`] = {
      ...Object.fromEntries(
        steps.map((s) => [`${s} p50/p99`, `${outcome.waits[s].p50.toFixed(0)}/${outcome.waits[s].p99.toFixed(0)}`]),
      ),
      ...{ 办完: outcome.lifecycles, 出错: errors, 内存: `${now.toFixed(0)}/${peak.toFixed(0)} MB` },
      "追上台账 ms": Math.round(await drained(stage, people.communityIds)),
    };
    if (!(worst <= LATE_MS)) break;
    knee = rate;
  }
  console.log(`\n到达不等人（泊松），每一步的 p50/p99 毫秒从它该来的时刻算起`);
  console.table(table);
  console.log(`拐点：每秒 ${knee} 件诉求（四步）之前，每一步的 p99 不超过 ${LATE_MS} ms`);
  return knee;
}
