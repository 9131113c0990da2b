import type { Uses } from "../../ports.ts";
import { INSTALLATION } from "../../domain/audit/audit.ts";
import { hasFreeText } from "../../domain/privacy/free-text.ts";
import { type PeriodName, retentionCutoff } from "../../domain/privacy/retention-periods.ts";
import type { LogRow } from "../../../log/store/log.ts";
import { readRow } from "../../../log/read-row.ts";
import { sealedBlanks } from "./erase-person.ts";

const BATCH = 200;

type Keeping = Uses<"store" | "files" | "keys" | "clock" | "modules">;

/**
 * Erases what has been kept for as long as `domain/retention-periods.ts` says. It finds by itself what is over; each
 * erasure can be repeated and says the same on two machines at once. Of the log only payloads go, so that the chain
 * still verifies.
 */
export async function enforceRetention(deps: Keeping): Promise<void> {
  const now = deps.clock.now();
  const before = (name: PeriodName): Date => retentionCutoff(name, now);
  const { store } = deps;
  await eraseRequests(deps, before("request"), now);
  for (const id of [...(await store.communities.ids()), INSTALLATION]) await eraseLog(deps, id, before("log"));
  await deps.modules.retain(now);
  await store.notices.removeBefore(before("notice"));
  await store.deliveries.removeBefore(before("delivery"));
  await store.invitations.removeBefore("expiresAt", before("invitation"));
  await store.loginFailures.removeBefore("at", before("loginFailure"));
  await store.leaves.removeBefore("to", before("leave"));
}

async function eraseRequests({ store, files, keys }: Keeping, before: Date, now: Date): Promise<void> {
  for (;;) {
    const ids = await store.requests.outlived(before, BATCH);
    if (!ids.length) return;
    await store.requests.eraseCases(ids, sealedBlanks(keys));
    const messageIds = await store.messages.erase(ids, "residents");
    await files.forget([], { request: ids, message: messageIds, task: await store.coTasks.erase(ids) });
    // The mark comes last: what a crash broke off is done again.
    await store.requests.setErased(ids, now);
  }
}

/** A row of a resident's, or with words about one. Who of the staff did what stays. */
const tellsOfResident = (row: LogRow): boolean =>
  row.payload !== null && (row.actorRole === "resident" || (row.residentId !== null && hasFreeText(readRow(row).data)));

const MARKS = "retention:";
/** How far the erasure of a community's log has come. */
const markOf = (communityId: string): string => `${MARKS}${communityId}`;
export const isRetentionMark = (name: string): boolean => name.startsWith(MARKS);

async function eraseLog({ store }: Pick<Keeping, "store">, communityId: string, before: Date): Promise<void> {
  let pos = Number((await store.meta.get(markOf(communityId))) ?? 0);
  for (;;) {
    const rows = await store.log.after(communityId, pos, BATCH);
    const over = rows.slice(0, rows.findIndex(({ at }) => at >= before) >>> 0);
    const last = over.at(-1);
    if (!last) return;
    await store.log.erase(over.filter(tellsOfResident).map(({ _id }) => _id));
    await store.meta.set(markOf(communityId), (pos = last.pos));
    if (over.length < BATCH) return;
  }
}
