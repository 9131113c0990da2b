import { followerEvents } from "../../core/domain/requests/follow.ts";
import { type LoggedStep, type HandlingCycle, handlingCyclesOf } from "./domain/handling-cycles.ts";
import type { LogRow } from "../../log/store/log.ts";
import type { Store } from "../../core/store/store.ts";
import type { FiguresStore } from "./ports.ts";
import { readRow } from "../../log/read-row.ts";
import type { Consumer } from "../../log/consumer.ts";
import { isOwnStep, eventVersionOf } from "../../log/own-steps.ts";

/** Requests whose history is read at once. */
const BATCH_SIZE = 100;

/** Keeps the rounds of each request, which all figures are counted from. */
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
      if (histories.size) await saveRounds(ports, histories);
    },
  };
}

/** Whether these are all steps of a request so far: from its first on, without a gap. */
const isWhole = (steps: readonly LogRow[]): boolean =>
  steps
    .map(eventVersionOf)
    .toSorted((a, b) => a - b)
    .every((version, n) => version === n + 1);

/** Makes the rounds of requests from all that the log has of them, and marks the days that they are summed up in. */
async function saveRounds(
  { handlingCycles, rollups }: FiguresStore,
  histories: ReadonlyMap<string, readonly LogRow[]>,
): Promise<void> {
  const made: { version: number; rounds: HandlingCycle[] }[] = [];
  // By community and day: one that many requests changed is marked once.
  const stale = new Map<string, { communityId: string; day: string }>();
  for (const [requestId, rows] of histories) {
    const read = roundsIn(requestId, rows);
    if (!read) continue;
    made.push(read);
    // A request that moved counts no more where it was.
    for (const communityId of read.communityIds)
      for (const { day } of read.rounds) stale.set(`${communityId}:${day}`, { communityId, day });
  }
  await handlingCycles.save(made);
  // After the rounds: whoever sums up the day from now on sees them.
  await rollups.markStale([...stale.values()]);
}

/**
 * The rounds of a request, from its whole history, so that reading twice, or late, comes to the same. Payloads that
 * were erased tell nothing any more: such a request's rounds stay as they are. A neighbour who followed and is gone
 * changes none.
 */
function roundsIn(requestId: string, rows: readonly LogRow[]) {
  if (rows.some((row) => row.payload === null && !followerEvents.includes(row.type))) return null;
  const steps = rows.map(toStep).toSorted((a, b) => a.version - b.version);
  return { ...handlingCyclesOf(requestId, steps), communityIds: new Set(steps.map(({ communityId }) => communityId)) };
}

function toStep(row: LogRow): LoggedStep {
  return {
    version: eventVersionOf(row),
    type: row.type,
    at: row.at,
    communityId: row.communityId,
    serviceCode: row.serviceCode ?? "",
    requestNo: row.requestNo ?? "",
    handlerId: row.handlerId,
    data: readRow(row).data,
  };
}
