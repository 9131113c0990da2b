import {
  type Span,
  MINUTES_A_DAY,
  mergeSpans,
  totalMinutes,
  intersectSpans,
  subtractSpans,
} from "../community/calendar.ts";
import { type Backup, MINUTES_A_WEEK } from "./roster.ts";
import type { Stint } from "./roster-presence.ts";

/** Hours of the week that nobody works, minutes from its Monday; `backupId` is on call then, null: nobody is. */
export interface Gap {
  from: number;
  to: number;
  backupId: string | null;
}

export interface Coverage {
  /** In order, within the cover hours. */
  gaps: Gap[];
  /** When exactly one cadre is there: what happens when that one is ill. */
  alone: Span[];
  coveredMinutes: number;
  coverMinutes: number;
  /** Of each post: how long somebody who covers it is there, and who; nobody, or one only, is a weak point. */
  positions: { position: string; minutes: number; cadreIds: string[] }[];
}

export interface CoverageInput {
  stints: readonly Stint[];
  /** Hours of each day that must be covered. */
  cover: readonly Span[];
  /** Without the hours in which they are away themselves. */
  backups: readonly Backup[];
  /** The posts that the community's services need. */
  positions: readonly string[];
  /** The posts that each cadre covers. */
  posts: ReadonlyMap<string, readonly string[]>;
}

/** The cover hours of a week, minutes from its Monday. */
const coverOfWeek = (cover: readonly Span[]): Span[] =>
  mergeSpans(
    Array.from({ length: 7 }, (_, day) =>
      cover.map(([from, to]) => [day * MINUTES_A_DAY + from, day * MINUTES_A_DAY + to] as const),
    ).flat(),
  );

/** Who is there in a week, hour by hour and post by post. */
export function coverage({ stints, cover, backups, positions, posts }: CoverageInput): Coverage {
  const week: Span[] = [[0, MINUTES_A_WEEK]];
  const wanted = intersectSpans(coverOfWeek(cover), week);
  const spansOf = (keep: (stint: Stint) => boolean): Span[] =>
    intersectSpans(
      stints.filter(keep).map(({ from, to }) => [from, to] as const),
      week,
    );
  const open = subtractSpans(
    wanted,
    spansOf(() => true),
  );
  return {
    gaps: withBackups(open, backups),
    alone: intersectSpans(wanted, byCount(stints, 1)),
    coverMinutes: totalMinutes(wanted),
    coveredMinutes: totalMinutes(wanted) - totalMinutes(open),
    positions: positions.map((position) => {
      const covers = (stint: Stint): boolean =>
        stint.position === position || (posts.get(stint.cadreId)?.includes(position) ?? false);
      const there = stints.filter((stint) => covers(stint) && stint.from < MINUTES_A_WEEK && stint.to > 0);
      return {
        position,
        minutes: totalMinutes(spansOf(covers)),
        cadreIds: [...new Set(there.map(({ cadreId }) => cadreId))],
      };
    }),
  };
}

/** When exactly so many different cadres are there, within the week. */
function byCount(stints: readonly Stint[], count: number): Span[] {
  const edges = [...new Set([0, MINUTES_A_WEEK, ...stints.flatMap(({ from, to }) => [from, to])])]
    .filter((edge) => edge >= 0 && edge <= MINUTES_A_WEEK)
    .toSorted((a, b) => a - b);
  const spans = edges.slice(1).map((to, n): Span => [edges[n] ?? 0, to]);
  return mergeSpans(
    spans.filter(([from]) => {
      const there = stints.filter((stint) => stint.from <= from && stint.to > from);
      return new Set(there.map(({ cadreId }) => cadreId)).size === count;
    }),
  );
}

/** Of several backups at once the one with the shortest time counts: it was named for this very gap. */
const closest = (backups: readonly Backup[]): Backup[] =>
  backups.toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);

function withBackups(open: readonly Span[], backups: readonly Backup[]): Gap[] {
  let left = open;
  const gaps: Gap[] = [];
  for (const { from, to, cadreId } of closest(backups)) {
    const own: Span[] = [[from, to]];
    gaps.push(...intersectSpans(left, own).map(([start, end]) => ({ from: start, to: end, backupId: cadreId })));
    left = subtractSpans(left, own);
  }
  gaps.push(...left.map(([from, to]) => ({ from, to, backupId: null })));
  return gaps.toSorted((a, b) => a.from - b.from);
}

/** Who is on call at a minute of the week, by the same rule; null: nobody. */
export const backupAtMinute = (backups: readonly Backup[], minute: number): string | null =>
  closest(backups).find(({ from, to }) => from <= minute && minute < to)?.cadreId ?? null;
