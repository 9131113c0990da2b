import type { Actor } from "../../../kernel/actor.ts";
import { openStatuses } from "../../domain/requests/request-lifecycle.ts";
import type { RevealField } from "../../domain/audit/reveal.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { readRow } from "../../../log/read-row.ts";
import { all } from "../../../kernel/pages-of.ts";
import { type DetailedRequest, loadDetail } from "../requests/load-detail.ts";
import { readRequest } from "../requests/read-request.ts";
import { consumeLimit } from "./limits.ts";
import { communityNames } from "../community/community-names.ts";
import { ownUser } from "./update-me.ts";

const PAGE = 100;
const REVEALED = "personal.revealed";

/** A reveal of the resident's phone or home by staff. */
export interface RevealEntry {
  at: Date;
  name: string;
  role: string;
  field: RevealField;
  reason: string;
  requestNo: string | null;
}

/** The actor as a resident, whatever post the person holds, since own data are those of a resident. */
export const asResident = (actor: Actor): Actor => ({ ...actor, role: "resident", communityIds: [], dutyUntil: null });

/**
 * The reveals, latest first, from their rows in the log. A row with an erased payload has only the time and the role.
 */
function revealsOf(rows: readonly LogRow[], ids: readonly string[]): RevealEntry[] {
  const reveals = rows
    .filter(({ type, residentId }) => type === REVEALED && residentId !== null && ids.includes(residentId))
    .map((row) => {
      const { at, actor, data } = readRow(row);
      const { field = "phone", reason = "" } = data as { field?: RevealField; reason?: string };
      return { at, name: actor.name, role: actor.role, field, reason, requestNo: row.requestNo };
    });
  return reveals.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/** All rows that concern the person, in order of time. */
async function recordOf({ store }: Uses<"store">, ids: readonly string[]): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for (let after: string | undefined; ;) {
    const more = await store.log.ofResidents(ids, PAGE, after);
    rows.push(...more);
    after = more.at(-1)?._id;
    if (after === undefined) return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.pos - b.pos);
  }
}

/**
 * The kinds of data that are stored about the caller, with reasons and periods; the reveals; and what closing the
 * account would affect.
 */
export async function listOwnData(deps: Uses<"files" | "register" | "store">, actor: Actor) {
  const own = asResident(actor);
  const user = await ownUser(deps, actor);
  const requests = await all((cursor) => deps.store.requests.list({ residentIds: own.ids }, PAGE, cursor));
  return {
    kept: deps.register.personal.filter(({ whose }) => whose === "resident"),
    reveals: revealsOf(await recordOf(deps, own.ids), own.ids),
    open: requests.filter(({ status }) => openStatuses.includes(status)),
    requests: requests.length,
    photos: (await deps.files.ofOwners(own.ids)).length,
    holdsPost: user.memberships.length > 0,
    periods: deps.register.periods,
  };
}

/**
 * All data about the caller that the caller may have, read for the export. The export is not stored. Throws
 * `rate.limited`.
 */
export async function readOwnData(
  deps: Uses<"clock" | "files" | "holidays" | "limiter" | "modules" | "store">,
  actor: Actor,
) {
  const own = asResident(actor);
  const { ids } = own;
  await consumeLimit(deps, "ownExport", actor.userId);
  const { store, files } = deps;
  const user: User = await ownUser(deps, actor);
  const requests: DetailedRequest[] = [];
  for (const { id } of await all((cursor) => store.requests.list({ partyIds: ids }, PAGE, cursor)))
    requests.push(await loadDetail(deps, own, await readRequest(deps, own, id)));
  const record = await recordOf(deps, ids);
  return {
    ...{ actor: own, user, requests, record, communities: await communityNames(deps) },
    madeAt: deps.clock.now(),
    ways: await store.identities.kindsOf(ids),
    photos: await files.ofOwners(ids),
    ofModules: await deps.modules.ownData(own),
    consents: await store.consents.of(ids),
    notices: await all((cursor) => store.notices.list(ids, PAGE, cursor)),
    deliveries: await store.deliveries.ofUsers(ids),
    sessions: await store.sessions.of(ids),
    reveals: revealsOf(record, ids),
  };
}
export type OwnData = Awaited<ReturnType<typeof readOwnData>>;
