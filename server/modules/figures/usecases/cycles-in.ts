import { followerEvents } from "../../../core/domain/requests/follow.ts";
import { eventVersionOf } from "../../../log/own-steps.ts";
import { readRow } from "../../../log/read-row.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { type LoggedStep, handlingCyclesOf } from "../domain/handling-cycles.ts";

/**
 * The handling cycles of a request, recomputed from its whole history, so that repeated and late calls give the same
 * result. Null when a payload was erased: the stored cycles stay as they are. Erased payloads of follower events do not
 * matter.
 */
export function cyclesIn(requestId: string, rows: readonly LogRow[]) {
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
