import { maskName } from "../domain/mask.ts";
import { toBeTold } from "../domain/notices.ts";
import type { LogRow } from "../store/log.ts";
import type { Store } from "../store/store.ts";
import { readRow } from "../usecases/log/read-row.ts";
import type { Consumer } from "./consumer.ts";

/** The consumer's name: others follow how far it has come. */
export const NOTICES = "notices";

/** Puts each event into the inbox of those whom it concerns, once. */
export function noticesConsumer(store: Store): Consumer {
  return {
    name: NOTICES,
    async consume(rows) {
      await store.notices.add(rows.flatMap(noticesOf));
    },
  };
}

function noticesOf(row: LogRow) {
  const { residentId, handlerId, previousHandlerId, filerId = null, cadreIds } = row;
  const { actor } = readRow(row);
  const actorName = actor.role === "resident" ? maskName(actor.name) : actor.name;
  const subjects = { residentId, handlerId, previousHandlerId, filerId, cadreIds };
  return toBeTold({ type: row.type, actor, subjects }).map((userId) => ({
    _id: `${row._id}:${userId}`,
    userId,
    at: row.at,
    type: row.type,
    requestId: row.requestId,
    requestNo: row.requestNo,
    actorName,
    actorRole: actor.role,
    reader: userId === filerId ? ("filer" as const) : userId === residentId ? ("resident" as const) : null,
    pos: row.pos,
    readAt: null,
  }));
}
