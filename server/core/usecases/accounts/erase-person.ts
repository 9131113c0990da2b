import type { Ports, Uses } from "../../ports.ts";
import { hasFreeText } from "../../domain/privacy/free-text.ts";
import type { User } from "../../domain/accounts/user.ts";
import { readRow } from "../../../log/read-row.ts";
import type { LogRow } from "../../../log/store/log.ts";

/** What is left of the account of somebody who closed it: that there was one. */
export const erasedUser = (now: Date): Partial<User> => ({
  name: null,
  phone: null,
  registration: null,
  duty: null,
  actingAs: null,
  devices: [],
  endedPosts: [],
  closedAt: now,
});

/** What the port of files and the database need to forget a person; the consumer has no more than this. */
export type ErasurePorts = Uses<"store" | "files" | "keys" | "modules">;

/**
 * Ends every way in and erases what is kept of a person outside the log: own fields, requests (all but kind, place of
 * the building, times, states and scores), talk, photos, inbox. `ids`: the account and those merged into it. Safe to
 * repeat.
 */
export async function erasePerson(
  { store, files, keys, modules }: ErasurePorts,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  for (const id of ids) {
    await store.identities.removeOf(id);
    await store.sessions.endOf(id);
    await store.users.update(id, erasedUser(now));
  }
  const requestIds = await store.requests.erase(ids, sealedBlanks(keys));
  const messageIds = await store.messages.erase(requestIds, ids);
  const taskIds = await store.coTasks.erase(requestIds);
  await modules.erase(ids, now);
  await store.notices.removeOf(ids);
  await store.consents.removeOf(ids);
  await files.forget(ids, { request: requestIds, message: messageIds, task: taskIds });
}

const ROWS = 200;

/**
 * Erases what the log says of these accounts: their names, and words about their cases. The chain stays whole. Safe
 * to repeat.
 */
export async function eraseFromLog({ store }: Uses<"store">, ids: readonly string[]): Promise<void> {
  for (let after: string | undefined; ;) {
    const rows = await store.log.ofResidents(ids, ROWS, after);
    await eraseRows(store, rows, new Set(ids));
    after = rows.at(-1)?._id;
    if (after === undefined) return;
  }
}

/** Erases those of the rows that hold personal data of residents who are gone. */
export async function eraseRows(
  store: Pick<Ports["store"], "log">,
  rows: readonly LogRow[],
  gone: ReadonlySet<string>,
): Promise<void> {
  const ids = rows.filter((row) => holdsPersonalData(row, gone)).map(({ _id }) => _id);
  if (ids.length) await store.log.erase(ids);
}

/** What stands where a phone, unit and room were. */
export const sealedBlanks = ({ seal }: Ports["keys"]) => ({
  phone: seal("", "phone"),
  unit: seal("", "unit"),
  room: seal("", "room"),
});

/**
 * Whether the row holds personal data of a resident who is gone: the own name, or words about the case, whoever wrote
 * them.
 */
function holdsPersonalData(row: LogRow, goneIds: ReadonlySet<string>): boolean {
  if (row.payload === null) return false;
  if (goneIds.has(row.actorId)) return true;
  const { data } = readRow(row);
  return row.residentId !== null && goneIds.has(row.residentId) && hasFreeText(data);
}
