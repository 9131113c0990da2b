import { refuse } from "../../../kernel/errors.ts";
import { type Turn, backupAt, hasLeft, nextTurns, turns } from "../../domain/roster/roster-duty.ts";
import { type User, isOnDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { publishedWeeks } from "../roster/published.ts";

const DAY = 86_400_000;
/** How far ahead the next shift is searched. */
const LOOKAHEAD_MS = 14 * DAY;

/**
 * A cadre on duty, or one who comes next. `until`: the end of the shift or of the manually started duty, whichever is
 * later.
 */
export interface OnDuty {
  cadre: User;
  until: Date;
  checkedIn: boolean;
}

/** Who is on duty, who comes next, and who is on call when nobody is on duty. */
export interface DutyNow {
  now: OnDuty[];
  next: { at: Date; cadres: OnDuty[] } | null;
  backup: User | null;
}

/**
 * The cadres on duty in the community, the latest end first: by the published roster unless they have left, and those
 * who started duty manually. Also who comes next, and who is on call when nobody is on duty. This is public. Throws
 * `community.unknown`.
 */
export async function readDuty(deps: Uses<"clock" | "store">, communityId: string): Promise<DutyNow> {
  if (!(await deps.store.communities.find(communityId))) refuse("community.unknown");
  const at = deps.clock.now();
  const [{ weeks, absences }, byHand] = await Promise.all([
    publishedWeeks(deps, communityId, at, new Date(at.getTime() + LOOKAHEAD_MS)),
    deps.store.users.onDuty(communityId, at),
  ]);
  const all = turns(weeks, absences);
  const running = all.filter(({ from, to }) => from <= at && at < to);
  const backupId = backupAt(weeks, absences, at);
  const byHandIds = new Set(byHand.map(({ id }) => id));
  const comingAfter = (there: Set<string>): Turn[] => nextTurns(all, there, at);
  const wanted = [...running, ...comingAfter(byHandIds)].map(({ cadreId }) => cadreId);
  const users = await deps.store.users.findMany([...new Set([...wanted, ...(backupId ? [backupId] : [])])]);
  const known = new Map([...users, ...byHand].map((user) => [user.id, user]));

  const now = new Map<string, OnDuty>();
  for (const cadre of byHand) {
    if (cadre.duty) now.set(cadre.id, { cadre, until: cadre.duty.until, checkedIn: true });
  }
  for (const turn of running) {
    const cadre = known.get(turn.cadreId);
    // A duty that has ended in another community does not count as leaving this shift.
    if (!cadre || (cadre.duty?.communityId === communityId && hasLeft(turn, cadre.duty, at))) continue;
    const there = now.get(cadre.id);
    if (there && there.until >= turn.to) continue;
    now.set(cadre.id, { cadre, until: turn.to, checkedIn: isOnDuty(cadre, communityId, at) });
  }
  const coming = comingAfter(new Set(now.keys())).flatMap((turn) => {
    const cadre = known.get(turn.cadreId);
    return cadre ? [{ cadre, until: turn.to, checkedIn: false, from: turn.from }] : [];
  });
  return {
    now: [...now.values()].toSorted((a, b) => b.until.getTime() - a.until.getTime()),
    next: coming[0] ? { at: coming[0].from, cadres: coming } : null,
    backup: now.size === 0 && backupId ? (known.get(backupId) ?? null) : null,
  };
}
