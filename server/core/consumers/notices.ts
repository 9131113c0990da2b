import { visibleData } from "../../log/audience.ts";
import type { LogRow } from "../../log/store/log-row.ts";
import { type Day, dayOf } from "../domain/community/calendar.ts";
import { officesNotified, notifiesOrganization, noticeRecipients } from "../../log/recipients.ts";
import { maskName } from "../domain/privacy/mask.ts";
import type { StoredNotice } from "../store/notify/notices.ts";
import type { Store } from "../store/store.ts";
import { readRow } from "../../log/read-row.ts";
import type { Consumer } from "../../log/consumer.ts";
import { memoizeAsync } from "../../log/memoize-async.ts";

/** The consumer's name, by which other parts read its offset. */
export const NOTICES = "notices";

/** Puts each event into the inbox of every person concerned, once. */
export function noticesConsumer(store: Store): Consumer {
  return {
    name: NOTICES,
    async consume(rows) {
      // The holders of an office are loaded once for all rows.
      const holders = memoizeAsync((office: Office, communityId: string) => store.users.holders(office, communityId));
      const made = rows.map(async (row) => [
        ...noticesOf(row, await peopleTold(store, row)),
        ...(await officeNotices(holders, row)),
      ]);
      await store.notices.add((await Promise.all(made)).flat());
    },
  };
}

/** The people of the organization that the row names, if the event's declaration notifies them. */
const peopleTold = async (store: Store, { type, communityId, organization }: LogRow): Promise<string[]> =>
  organization && notifiesOrganization(type) ? store.users.ofOrganization(communityId, organization) : [];

function noticesOf(row: LogRow, people: readonly string[]): StoredNotice[] {
  const { residentId, handlerId, previousHandlerId, filerId = null, cadreIds, followerIds = [] } = row;
  const { actor } = readRow(row);
  const subjects = { residentId, handlerId, previousHandlerId, filerId, cadreIds, followerIds };
  const readers: Readonly<Record<string, StoredNotice["reader"]>> = {
    ...Object.fromEntries(followerIds.map((id) => [id, "follower"])),
    ...Object.fromEntries(people.map((id) => [id, "partner"])),
    ...Object.fromEntries([handlerId, previousHandlerId].map((id) => [id, null])),
    ...(residentId ? { [residentId]: "resident" } : {}),
    ...(filerId ? { [filerId]: "filer" } : {}),
  };
  return noticeRecipients({ type: row.type, actor, subjects }, people).map((userId) =>
    notice(row, userId, readers[userId] ?? null),
  );
}

async function officeNotices(
  holders: (office: Office, communityId: string) => Promise<string[]>,
  row: LogRow,
): Promise<StoredNotice[]> {
  const told = await Promise.all(
    officesNotified(row.type).map(async (office) => {
      const ids = await holders(office, row.communityId);
      return ids.filter((id) => id !== row.actorId).map((id) => notice(row, id, office));
    }),
  );
  return told.flat();
}

type Office = "committee" | "supervisor";

/**
 * The audience of the event's fields for each kind of reader. A family member always reads as `family`, since the
 * resident's consent is not known here.
 */
const readerOf = {
  resident: "resident",
  filer: "family",
  follower: "follower",
  partner: "partner",
  committee: "staff",
  supervisor: "staff",
  staff: "staff",
} as const;

/**
 * The id of the co-handling task that a row is about: named in the row's data, or opened by the request's event, whose
 * id is its prefix.
 */
const taskIdOf = (row: LogRow, data: Readonly<Record<string, unknown>>): string =>
  typeof data["taskId"] === "string" ? data["taskId"] : row._id.slice(0, row._id.indexOf(":"));

/** A day of the week of the roster that the row is about: the week's first, a shift's, or a leave's first. */
function rosterDayOf({ type }: LogRow, { monday, day, from }: Readonly<Record<string, unknown>>): Day | null {
  if (type.startsWith("roster.") && typeof monday === "string") return monday;
  if (type.startsWith("shift.") && typeof day === "string") return day;
  if (type.startsWith("leave.") && typeof from === "string") return dayOf(new Date(from));
  return null;
}

function notice(row: LogRow, userId: string, reader: StoredNotice["reader"]): StoredNotice {
  const { actor, data } = readRow(row);
  const { cadreName } = visibleData(readerOf[reader ?? "staff"], row.type, data) ?? {};
  const day = rosterDayOf(row, data);
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
    ...(row.organization ? { organization: row.organization } : {}),
    ...(reader === "partner" ? { taskId: taskIdOf(row, data) } : {}),
    ...(day === null ? {} : { day }),
    ...(typeof cadreName === "string" ? { named: cadreName } : {}),
    pos: row.pos,
    readAt: null,
  };
}
