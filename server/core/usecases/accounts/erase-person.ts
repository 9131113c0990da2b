import type { Ports, Uses } from "../../ports.ts";
import { hasFreeText } from "../../domain/privacy/free-text.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Erasure } from "../../../kernel/erase-aggregates.ts";
import { eraseRows } from "../../../log/erase-rows.ts";
import { readRow } from "../../../log/read-row.ts";
import type { LogRow } from "../../../log/store/log-row.ts";

/** The changes of a closed account: all personal fields are emptied. */
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

/** The ports for erasing a person. The erasure consumer has no others. */
export type ErasurePorts = Uses<"store" | "files" | "keys" | "modules">;

/**
 * Deletes the identities and logins of a person and erases their data outside the log: own fields, requests (except
 * service, building, times, states and scores), messages, photos, inbox. `ids`: the account and those merged into it.
 * It can be repeated.
 */
export async function erasePerson(
  { store, files, keys, modules }: ErasurePorts,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const erasure: Erasure = { rule: "account_closed", at: now };
  for (const id of ids) {
    await store.identities.removeOf(id);
    await store.sessions.endOf(id);
  }
  await store.users.erase(ids, erasedUser(now), erasure);
  const requestIds = await store.requests.erase(ids, sealedBlanks(keys), erasure);
  const messageIds = await store.messages.erase(await store.requests.communitiesOf(requestIds), ids, erasure);
  await modules.erase({ userIds: ids, requestIds }, erasure);
  await store.notices.removeOf(ids);
  await store.consents.removeOf(ids);
  await files.forget(ids, { request: requestIds, message: messageIds });
}

const ROWS = 200;

/**
 * Erases the payloads of rows about these accounts that have their names or free text about their requests. The chain
 * still verifies. It can be repeated.
 */
export async function eraseFromLog({ store }: Uses<"store">, ids: readonly string[], at: Date): Promise<void> {
  for (let after: string | undefined; ;) {
    const rows = await store.log.ofResidents(ids, ROWS, after);
    await eraseRowsOf(store, rows, new Set(ids), at);
    after = rows.at(-1)?._id;
    if (after === undefined) return;
  }
}

/** Erases those of the rows that have personal data of residents with closed accounts. */
export async function eraseRowsOf(
  store: Pick<Ports["store"], "log" | "logErasures">,
  rows: readonly LogRow[],
  gone: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  const over = rows.filter((row) => holdsPersonalData(row, gone));
  await eraseRows(store, over, { rule: "account_closed", at });
}

/** The sealed values that replace an erased phone, unit and room. */
export const sealedBlanks = ({ seal }: Ports["keys"]) => ({
  phone: seal("", "phone"),
  unit: seal("", "unit"),
  room: seal("", "room"),
});

/**
 * Whether the row has personal data of a resident with a closed account: the resident's name, or free text about the
 * resident's request by anybody.
 */
function holdsPersonalData(row: LogRow, goneIds: ReadonlySet<string>): boolean {
  if (row.payload === null) return false;
  const { actor, data } = readRow(row);
  if (goneIds.has(row.actorId)) return actor.name !== "" || Object.keys(data).length > 0;
  return row.residentId !== null && goneIds.has(row.residentId) && hasFreeText(data);
}
