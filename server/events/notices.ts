import { maskName } from "../domain/mask.ts";
import { type Office, officesTold, toBeTold } from "../domain/notices.ts";
import type { LogRow } from "../store/log.ts";
import type { StoredNotice } from "../store/notices.ts";
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
      for (const row of rows) await store.notices.add([...noticesOf(row), ...(await officeNotices(store, row))]);
    },
  };
}

function noticesOf(row: LogRow): StoredNotice[] {
  const { residentId, handlerId, previousHandlerId, filerId = null, cadreIds } = row;
  const { actor } = readRow(row);
  const subjects = { residentId, handlerId, previousHandlerId, filerId, cadreIds };
  return toBeTold({ type: row.type, actor, subjects }).map((userId) =>
    notice(row, userId, userId === filerId ? "filer" : userId === residentId ? "resident" : null),
  );
}

async function officeNotices(store: Store, row: LogRow): Promise<StoredNotice[]> {
  const told = await Promise.all(
    officesTold(row.type).map(async (office) => {
      const holders = await store.users.holders(office, row.communityId);
      return holders.filter((id) => id !== row.actorId).map((id) => notice(row, id, office));
    }),
  );
  return told.flat();
}

function notice(row: LogRow, userId: string, reader: "filer" | "resident" | Office | null): StoredNotice {
  const { actor } = readRow(row);
  return {
    _id: `${row._id}:${userId}`,
    userId,
    at: row.at,
    type: row.type,
    requestId: row.requestId,
    requestNo: row.requestNo,
    actorName: actor.role === "resident" ? maskName(actor.name) : actor.name,
    actorRole: actor.role,
    reader,
    pos: row.pos,
    readAt: null,
  };
}
