import type { Uses } from "../../ports.ts";
import { INSTALLATION } from "../../domain/audit/audit.ts";
import { hasFreeText } from "../../domain/privacy/free-text.ts";
import { type PeriodName, retentionCutoff } from "../../domain/privacy/retention-periods.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import type { Erasure } from "../../../kernel/erase-aggregates.ts";
import { eraseRows } from "../../../log/erase-rows.ts";
import { readRow } from "../../../log/read-row.ts";
import { sealedBlanks } from "./erase-person.ts";

const BATCH = 200;

type Keeping = Uses<"store" | "files" | "keys" | "clock" | "modules">;

/**
 * Erases data after their retention period (`domain/privacy/retention-periods.ts`). It finds the expired data itself,
 * can be repeated, and may run on two machines at once. In the log only payloads are erased, so the chain still
 * verifies.
 */
export async function enforceRetention(deps: Keeping): Promise<void> {
  const now = deps.clock.now();
  const before = (name: PeriodName): Date => retentionCutoff(name, now);
  const { store } = deps;
  await eraseRequests(deps, before("request"), now);
  for (const id of [...(await store.communities.ids()), INSTALLATION]) await eraseLog(deps, id, before("log"), now);
  await deps.modules.retain(now);
  await store.notices.removeBefore(before("notice"));
  await store.deliveries.removeBefore(before("delivery"));
  await store.invitations.removeBefore("expiresAt", before("invitation"));
  await store.logins.removeBefore("at", before("login"));
  await store.loginFailures.removeBefore("at", before("login"));
  await store.leaves.removeBefore("to", before("leave"));
}

async function eraseRequests({ store, files, keys, modules }: Keeping, before: Date, now: Date): Promise<void> {
  const erasure: Erasure = { rule: "retention", at: now };
  for (;;) {
    const ids = await store.requests.outlived(before, BATCH);
    if (!ids.length) return;
    await store.requests.eraseCases(ids, sealedBlanks(keys), erasure);
    const messageIds = await store.messages.erase(await store.requests.communitiesOf(ids), "residents", erasure);
    await modules.erase({ userIds: [], requestIds: ids }, erasure);
    await files.forget([], { request: ids, message: messageIds });
    // The mark is set last, so that an interrupted erasure is done again.
    await store.requests.setErased(ids, now);
  }
}

/** Whether the row was written by a resident, or has free text about one. Rows about what staff did stay. */
const tellsOfResident = (row: LogRow): boolean =>
  row.payload !== null && (row.actorRole === "resident" || (row.residentId !== null && hasFreeText(readRow(row).data)));

const MARKS = "retention:";
/** The key of the position up to which a community's log was erased. */
const markOf = (communityId: string): string => `${MARKS}${communityId}`;

/** Whether a stored value of the installation is such a position. */
export const isRetentionMark = (name: string): boolean => name.startsWith(MARKS);

async function eraseLog(
  { store }: Pick<Keeping, "store">,
  communityId: string,
  before: Date,
  now: Date,
): Promise<void> {
  let pos = Number((await store.meta.get(markOf(communityId))) ?? 0);
  for (;;) {
    const rows = await store.log.after(communityId, pos, BATCH);
    const over = rows.slice(0, rows.findIndex(({ at }) => at >= before) >>> 0);
    const last = over.at(-1);
    if (!last) return;
    await eraseRows(store, over.filter(tellsOfResident), { rule: "retention", at: now });
    await store.meta.set(markOf(communityId), (pos = last.pos));
    if (over.length < BATCH) return;
  }
}
