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

/**
 * Cover hours in which nobody works, in minutes from the week's Monday. `backupId` is the cadre on call; null without
 * one.
 */
export interface Gap {
  from: number;
  to: number;
  backupId: string | null;
}

/** The coverage of a week. Times are minutes from its Monday. */
export interface Coverage {
  /** In order, within the cover hours. */
  gaps: Gap[];
  /** When exactly one cadre works. The illness of that cadre would leave a gap. */
  alone: Span[];
  coveredMinutes: number;
  coverMinutes: number;
  /**
   * For each position: how long a cadre who covers it works, and which cadres do. Nobody or only one is a weak point.
   */
  positions: { position: string; minutes: number; cadreIds: string[] }[];
}

/** The data from which coverage is computed. */
export interface CoverageInput {
  stints: readonly Stint[];
  /** The hours of each day that must be covered. */
  cover: readonly Span[];
  /** Backups without the hours in which they are absent. */
  backups: readonly Backup[];
  /** The positions that the community's services need. */
  positions: readonly string[];
  /** The positions that each cadre covers. */
  posts: ReadonlyMap<string, readonly string[]>;
}

/** The cover hours of a week, in minutes from its Monday. */
const coverOfWeek = (cover: readonly Span[]): Span[] =>
  mergeSpans(
    Array.from({ length: 7 }, (_, day) =>
      cover.map(([from, to]) => [day * MINUTES_A_DAY + from, day * MINUTES_A_DAY + to] as const),
    ).flat(),
  );

/** The coverage of a week by hours and by positions. */
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

/** When exactly `count` different cadres work, within the week. */
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

/** Among overlapping backups the one with the shortest span counts, since it was named for this gap. */
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

/** The cadre on call at a minute of the week, by the same rule; null when nobody is. */
export const backupAtMinute = (backups: readonly Backup[], minute: number): string | null =>
  closest(backups).find(({ from, to }) => from <= minute && minute < to)?.cadreId ?? null;
