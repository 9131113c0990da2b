import type { HandlingCycle } from "./domain/handling-cycles.ts";
import { cyclesIn } from "./usecases/cycles-in.ts";
import type { LogRow } from "../../log/store/log-row.ts";
import type { Store } from "../../core/store/store.ts";
import type { FiguresStore } from "./ports.ts";
import type { Consumer } from "../../log/consumer.ts";
import { isOwnStep, eventVersionOf } from "../../log/own-steps.ts";

/** Requests whose history is read with one query. */
const BATCH_SIZE = 100;

/** Keeps the handling cycles of each request up to date. All figures are counted from them. */
export function figuresConsumer(ports: FiguresStore & { store: Pick<Store, "log"> }): Consumer {
  return {
    name: "figures",
    async consume(rows) {
      const changed = Map.groupBy(rows.filter(isOwnStep), (row) => row.requestId ?? "");
      const histories = new Map([...changed].filter(([, steps]) => isWhole(steps)));
      const partly = [...changed.keys()].filter((id) => !histories.has(id));
      for (let n = 0; n < partly.length; n += BATCH_SIZE) {
        const read = (await ports.store.log.ofRequests(partly.slice(n, n + BATCH_SIZE))).filter(isOwnStep);
        for (const [id, steps] of Map.groupBy(read, (row) => row.requestId ?? "")) histories.set(id, steps);
      }
      if (histories.size) await saveCycles(ports, histories);
    },
  };
}

/** Whether these are all steps of a request so far: versions from 1 without a gap. */
const isWhole = (steps: readonly LogRow[]): boolean =>
  steps
    .map(eventVersionOf)
    .toSorted((a, b) => a - b)
    .every((version, n) => version === n + 1);

/** Recomputes the handling cycles of requests from their histories, and marks the roll-ups of their days as stale. */
async function saveCycles(
  { handlingCycles, rollups }: FiguresStore,
  histories: ReadonlyMap<string, readonly LogRow[]>,
): Promise<void> {
  const made: { version: number; cycles: HandlingCycle[] }[] = [];
  // The key is community and day, so that each is marked once.
  const stale = new Map<string, { communityId: string; day: string }>();
  for (const [requestId, rows] of histories) {
    const read = cyclesIn(requestId, rows);
    if (!read) continue;
    made.push(read);
    // A transferred request no longer counts in its former community, so all its communities are marked.
    for (const communityId of read.communityIds)
      for (const { day } of read.cycles) stale.set(`${communityId}:${day}`, { communityId, day });
  }
  await handlingCycles.save(made);
  // The cycles are saved first, so that a roll-up computed after the marking includes them.
  await rollups.markStale([...stale.values()]);
}
