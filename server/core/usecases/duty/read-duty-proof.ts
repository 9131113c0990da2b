import type { VerifiedRange } from "../../../log/verify-range.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type Day, addDays, instantOf } from "../../domain/community/calendar.ts";
import { type DutyMark, type DutyStretch, dutiesOf, proofSpan } from "../../domain/duty/duty-proof.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Turn, turns } from "../../domain/roster/roster-duty.ts";
import type { Uses } from "../../ports.ts";
import type { LogFilter } from "../../../log/store/log-filter.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { readRow } from "../../../log/read-row.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { assertStaff } from "../roster/read-week.ts";
import { publishedWeeks } from "../roster/published.ts";

/** How many rows are read at a time. */
const PAGE = 100;
const DAY = 86_400_000;
const marks = ["duty.started", "duty.ended"];

/** A duty proof. `sealed`: the verified range of the log over `rows`; null when there are no rows. */
export interface DutyProof {
  asOf: Date;
  communityName: string;
  cadre: { id: string; name: string; title: string };
  day: Day;
  planned: Turn[];
  duties: DutyStretch[];
  rows: LogRow[];
  sealed: (VerifiedRange & { first: LogRow; last: LogRow }) | null;
}

/**
 * What a cadre did on a day: the shifts of the published roster, the actual duties, every row of the log by the cadre,
 * and the seal over these rows, verified now. Cadres read their own proof only. Throws `auth.forbidden`,
 * `community.unknown`, `post.unknown`.
 */
export async function readDutyProof(
  deps: Uses<"clock" | "serviceLog" | "store">,
  actor: Actor,
  { communityId, cadreId, day }: { communityId: string; cadreId: string; day: Day },
): Promise<DutyProof> {
  const { store, clock } = deps;
  const community = (await store.communities.find(communityId)) ?? refuse("community.unknown");
  assertStaff(actor, communityId);
  if (actor.role === "cadre" && actor.userId !== cadreId) refuse("auth.forbidden");
  const cadre = await store.users.find(cadreId);
  const post = cadre?.memberships.find((held) => held.role === "cadre" && held.communityId === communityId);

  const around = proofSpan(day, []);
  const { weeks, absences } = await publishedWeeks(deps, communityId, around.from, around.to);
  const own = turns(weeks, absences).filter((turn) => turn.cadreId === cadreId);
  const { from, to, planned } = proofSpan(day, own);
  const within = { communityIds: [communityId], from, to };
  const [done, told] = await Promise.all([
    rowsOf(deps, { ...within, cadreId }),
    // A duty of the day may have begun the evening before, and may end the next day.
    rowsOf(deps, { ...within, from: instantOf(addDays(day, -1), 0), to: new Date(to.getTime() + DAY), types: marks }),
  ]);
  const rows = done.filter(({ actorId }) => actorId === cadreId);
  // Former staff have rows in the log; other people have none.
  if (!post && rows.length === 0) refuse("post.unknown");
  // The cadre's user is the aggregate of a duty's events, whoever ended the duty.
  const [first, last] = [rows[0], rows.at(-1)];
  const asOf = clock.now();
  const duties = dutiesOf(told.filter(({ _id }) => _id.startsWith(`${cadreId}:`)).map(markOf), asOf);
  return {
    asOf,
    communityName: community.name,
    cadre: { id: cadreId, name: cadre?.name ?? "", title: post?.title ?? "" },
    day,
    planned,
    duties: duties.filter((duty) => (!duty.from || duty.from < to) && (!duty.to || duty.to >= from)),
    rows,
    sealed: first && last ? { first, last, ...(await deps.serviceLog.verifyRange(communityId, first, last)) } : null,
  };
}

async function rowsOf({ store }: Uses<"store">, filter: LogFilter): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for await (const items of pagesOf((cursor) => store.log.list(filter, "asc", PAGE, cursor))) rows.push(...items);
  return rows;
}

function markOf(row: LogRow): DutyMark {
  const { data } = readRow(row);
  const instantIn = (key: string): Date | null => (typeof data[key] === "string" ? new Date(data[key]) : null);
  return {
    kind: row.type === "duty.started" ? "started" : "ended",
    at: row.at,
    since: instantIn("startedAt"),
    until: instantIn("until"),
  };
}
