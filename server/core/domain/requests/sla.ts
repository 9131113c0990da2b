import type { ClockName, Clocks, Rung, RungName } from "./clocks.ts";
import type { Service } from "../community/community.ts";
import type { Request } from "./request.ts";
import { type Counting, type OfficeHours, addCounted, countedBetween } from "../community/working-time.ts";

const MINUTE = 60_000;

/** Rework gets half of the service's times, counted from the moment of the complaint. */
const REWORK_SHARE = 1 / 2;

/**
 * The escalations: reminded at half of the time and at 80 %, overdue to the committee at its end, supervised by the
 * subdistrict (督办) when half as much again has passed.
 */
const shares = { half: 0.5, most: 0.8, overdue: 1, supervised: 1.5 } as const satisfies Record<RungName, number>;

type Terms = Pick<Service, "respondMinutes" | "resolveMinutes" | "clock">;

/** When a service's time counts: around the clock, or in the office hours of its community. */
export const countingOf = (service: Pick<Service, "clock">, office: OfficeHours): Counting =>
  service.clock === "always" ? null : office;

const names = Object.keys(shares) as RungName[];

const ladder = (clock: ClockName, start: Date, ms: number, counting: Counting): Rung[] =>
  names.map((rung) => ({ clock, rung, at: addCounted(start, Math.round(ms * shares[rung]), counting) }));

const inOrder = (rungs: readonly Rung[]): Rung[] => rungs.toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** Clocks that start at `start`: at submission, or at the rating that asked for rework. */
export function clocksFrom(start: Date, service: Terms, office: OfficeHours, rework = false): Clocks {
  const share = (rework ? REWORK_SHARE : 1) * MINUTE;
  const counting = countingOf(service, office);
  const respond = Math.round(service.respondMinutes * share);
  const resolve = Math.round(service.resolveMinutes * share);
  return {
    respondBy: addCounted(start, respond, counting),
    resolveBy: addCounted(start, resolve, counting),
    rungs: inOrder([...ladder("respond", start, respond, counting), ...ladder("resolve", start, resolve, counting)]),
  };
}

/**
 * What was ahead of clocks that stood still from `since` to `now`: it has as much counted time before it as it had then. It comes no
 * nearer, also when it lies in hours that do not count.
 */
export function putOff(at: Date, since: Date, now: Date, counting: Counting): Date {
  if (at <= since) return at;
  const later = addCounted(now, countedBetween(since, at, counting), counting);
  return later > at ? later : at;
}

/** Clocks after they stood still from `since` to `now`. */
export function resumed(clocks: Clocks, since: Date, now: Date, counting: Counting): Clocks {
  const moved = (at: Date): Date => putOff(at, since, now, counting);
  return {
    respondBy: moved(clocks.respondBy),
    resolveBy: moved(clocks.resolveBy),
    rungs: inOrder(clocks.rungs.map((rung) => ({ ...rung, at: moved(rung.at) }))),
  };
}

/** Deadlines as events tell them: ISO, null while the clock stands still. */
export const shownDeadlines = ({
  respondBy,
  resolveBy,
  waitingSince,
}: Pick<Request, "respondBy" | "resolveBy" | "waitingSince">) =>
  waitingSince
    ? { respondBy: null, resolveBy: null }
    : { respondBy: respondBy.toISOString(), resolveBy: resolveBy.toISOString() };
/**
 * Clocks after an extension was approved at `now`: the resolution is due at `until`, and its ladder begins anew. One that is over before
 * the office opens again is for work in closed hours, so that each of them counts.
 */
export function extended(clocks: Clocks, until: Date, now: Date, counting: Counting): Clocks {
  const rest = clocks.rungs.filter(({ clock }) => clock !== "resolve");
  const measure = countedBetween(now, until, counting) > 0 ? counting : null;
  const fresh = ladder("resolve", now, countedBetween(now, until, measure), measure);
  const due = fresh.map((rung) => (rung.rung === "overdue" ? { ...rung, at: until } : rung));
  return { ...clocks, resolveBy: until, rungs: inOrder([...rest, ...due]) };
}

/** The rung that comes next; those of the response are passed over once there was a contact. */
export const nextRung = (rungs: readonly Rung[], contacted: boolean): Rung | null =>
  rungs.find(({ clock }) => clock === "resolve" || !contacted) ?? null;

/** What is ahead after `rung`, which was the next. */
export const rungsAfter = (rungs: readonly Rung[], rung: Rung): Rung[] => rungs.slice(rungs.indexOf(rung) + 1);
