import { refuse } from "../../../kernel/errors.ts";
import { type Turn, backupAt, hasLeft, nextTurns, turns } from "../../domain/roster/roster-duty.ts";
import { type User, isOnDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { publishedWeeks } from "../roster/published.ts";

const DAY = 86_400_000;
/** Who comes next is looked for in so many days. */
const LOOKAHEAD_MS = 14 * DAY;

/** A cadre on duty, or about to be. `until`: the end of the shift or of the duty by hand, whichever is later. */
export interface OnDuty {
  cadre: User;
  until: Date;
  checkedIn: boolean;
}

export interface DutyNow {
  now: OnDuty[];
  next: { at: Date; cadres: OnDuty[] } | null;
  backup: User | null;
}

/**
 * Who is on duty in the community: by the published roster, unless they have checked out, and by hand beside it;
 * longest first. Who comes next, and while nobody is there, who is on call. Public. Throws `community.unknown`.
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
    // A duty that is over in another community was no part of this shift.
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
