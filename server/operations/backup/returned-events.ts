import type { EventRecord } from "../../kernel/event.ts";
import { eventVersionOf } from "../../log/own-steps.ts";
import type { LogRow } from "../../log/store/log-row.ts";

/**
 * The event of a row: the inverse of `sealRows` (server/log/seal.ts). For rows that were appended while a backup was
 * made; their aggregates are in the backup, their rows are not. An erased payload gives an event without data.
 */
export function eventOf(row: LogRow): EventRecord {
  const { actorName, data } = JSON.parse(row.payload ?? `{"actorName":"","data":{}}`) as {
    actorName: string;
    data: Record<string, unknown>;
  };
  const named = new Set([row.actorRole === "cadre" ? row.actorId : null, row.handlerId, row.previousHandlerId]);
  const cadreIds = row.cadreIds.filter((id) => !named.has(id));
  return {
    version: eventVersionOf(row),
    type: row.type,
    at: row.at,
    communityId: row.communityId,
    requestId: row.requestId,
    requestNo: row.requestNo,
    serviceCode: row.serviceCode,
    ...(row.about ? { about: row.about } : {}),
    actor: { id: row.actorId, role: row.actorRole, name: actorName },
    subjects: {
      residentId: row.residentId,
      handlerId: row.handlerId,
      previousHandlerId: row.previousHandlerId,
      ...(cadreIds.length ? { cadreIds } : {}),
      ...(row.filerId ? { filerId: row.filerId } : {}),
      ...(row.organization ? { organization: row.organization } : {}),
      ...(row.followerIds ? { followerIds: row.followerIds } : {}),
    },
    data,
  };
}
