import type { LogRow } from "./store/log-row.ts";

/** The payload of a row: the parts of an event that may be erased, which are not in the envelope. */
export interface Payload {
  actorName: string;
  data: Record<string, unknown>;
}

/** A log row as an event. When the payload is erased, the name is empty and there are no data. */
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
