import type { LogRow } from "./store/log.ts";

/** What a row's payload holds: all that is not in the envelope, and may be erased. */
export interface Payload {
  actorName: string;
  data: Record<string, unknown>;
}

/** A log row as an event. An erased payload leaves no name and no data. */
export function readRow(row: LogRow) {
  const payload = row.payload === null ? null : (JSON.parse(row.payload) as Payload);
  return {
    id: row._id,
    at: row.at,
    type: row.type,
    actor: { id: row.actorId, role: row.actorRole, name: payload?.actorName ?? "" },
    data: payload?.data ?? {},
  };
}
