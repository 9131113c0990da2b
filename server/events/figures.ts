import { followerEvents } from "../domain/follow.ts";
import { type LoggedStep, roundsOf } from "../domain/rounds.ts";
import type { LogRow } from "../store/log.ts";
import type { Store } from "../store/store.ts";
import { readRow } from "../usecases/log/read-row.ts";
import type { Consumer } from "./consumer.ts";

/** Keeps the rounds of each request, which all figures are counted from. */
export function figuresConsumer(store: Store): Consumer {
  return {
    name: "figures",
    async consume(rows) {
      const changed = new Set(rows.filter(isStep).map((row) => row.requestId));
      for (const requestId of changed) if (requestId) await readRounds(store, requestId);
    },
  };
}

/** A step of the request itself; what a message or another document leaves has that document's id. */
const isStep = (row: LogRow): boolean => row.requestId !== null && row._id.startsWith(`${row.requestId}:`);

/**
 * Makes the rounds of a request from all that the log has of it, so that reading twice, or late, comes to the same. Payloads that
 * were erased tell nothing any more: such a request's rounds stay as they are. A neighbour who followed and is gone changes none.
 */
async function readRounds(store: Store, requestId: string): Promise<void> {
  const rows = (await store.log.ofRequest(requestId)).filter(isStep);
  if (rows.some((row) => row.payload === null && !followerEvents.includes(row.type))) return;
  const steps = rows.map(toStep).toSorted((a, b) => a.version - b.version);
  const { version, rounds } = roundsOf(requestId, steps);
  await store.rounds.save(rounds, version);
  // After the rounds: whoever sums up the day from now on sees them. A request that moved counts no more where it was.
  const communityIds = new Set(steps.map(({ communityId }) => communityId));
  const days = new Set(rounds.map(({ day }) => day));
  for (const communityId of communityIds) for (const day of days) await store.rollups.markStale(communityId, day);
}

function toStep(row: LogRow): LoggedStep {
  return {
    version: Number(row._id.slice(row._id.indexOf(":") + 1)),
    type: row.type,
    at: row.at,
    communityId: row.communityId,
    serviceCode: row.serviceCode ?? "",
    requestNo: row.requestNo ?? "",
    handlerId: row.handlerId,
    data: readRow(row).data,
  };
}
