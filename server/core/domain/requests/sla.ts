import type { ClockName, Clocks, ScheduledEscalation, EscalationStage } from "./clocks.ts";
import type { Service } from "../community/community.ts";
import type { Request } from "./request.ts";
import { type Counting, type OfficeHours, addCountedTime, countedTimeBetween } from "../community/working-time.ts";

const MINUTE = 60_000;

/** Rework gets this share of the service's times, counted from the rating that asked for it. */
const REWORK_SHARE = 1 / 2;

/**
 * The escalations as shares of the time: reminders at half and at 80 %, overdue to the committee at its end,
 * supervision by the subdistrict (督办) at 150 %.
 */
const stageShares = { half: 0.5, most: 0.8, overdue: 1, supervised: 1.5 } as const satisfies Record<
  EscalationStage,
  number
>;

type Terms = Pick<Service, "respondMinutes" | "resolveMinutes" | "clock">;

/** When a service's time counts: around the clock, or in the office hours of its community. */
export const countingOf = (service: Pick<Service, "clock">, office: OfficeHours): Counting =>
  service.clock === "always" ? null : office;

const stages = Object.keys(stageShares) as EscalationStage[];

const escalationsFrom = (clock: ClockName, start: Date, ms: number, counting: Counting): ScheduledEscalation[] =>
  stages.map((stage) => ({ clock, stage, at: addCountedTime(start, Math.round(ms * stageShares[stage]), counting) }));

const sortByTime = (escalations: readonly ScheduledEscalation[]): ScheduledEscalation[] =>
  escalations.toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** The clocks of a submission, or of a rating that asked for rework, at `start`. */
export function clocksFrom(start: Date, service: Terms, office: OfficeHours, rework = false): Clocks {
  const share = (rework ? REWORK_SHARE : 1) * MINUTE;
  const counting = countingOf(service, office);
  const respond = Math.round(service.respondMinutes * share);
  const resolve = Math.round(service.resolveMinutes * share);
  return {
    respondBy: addCountedTime(start, respond, counting),
    resolveBy: addCountedTime(start, resolve, counting),
    escalations: sortByTime([
      ...escalationsFrom("respond", start, respond, counting),
      ...escalationsFrom("resolve", start, resolve, counting),
    ]),
  };
}

/**
 * Moves an instant after the clocks stood still from `since` to `now`, so that the same counted time remains before it.
 * It is never moved to an earlier instant, also when it lies in hours that do not count.
 */
export function postponed(at: Date, since: Date, now: Date, counting: Counting): Date {
  if (at <= since) return at;
  const later = addCountedTime(now, countedTimeBetween(since, at, counting), counting);
  return later > at ? later : at;
}

/** The clocks after they stood still from `since` to `now`. */
export function resumedClocks(clocks: Clocks, since: Date, now: Date, counting: Counting): Clocks {
  const moved = (at: Date): Date => postponed(at, since, now, counting);
  return {
    respondBy: moved(clocks.respondBy),
    resolveBy: moved(clocks.resolveBy),
    escalations: sortByTime(clocks.escalations.map((one) => ({ ...one, at: moved(one.at) }))),
  };
}

/** The deadlines as events state them: ISO, null while the clocks stand still. */
export const shownDeadlines = ({ clocks: { respondBy, resolveBy, pausedSince } }: Pick<Request, "clocks">) =>
  pausedSince
    ? { respondBy: null, resolveBy: null }
    : { respondBy: respondBy.toISOString(), resolveBy: resolveBy.toISOString() };
/**
 * The clocks after an extension was approved at `now`: the resolution is due at `until`, and its escalations begin
 * anew. When no counted time lies before `until`, the time is counted around the clock, since the work is then done in
 * closed hours.
 */
export function extendedClocks(clocks: Clocks, until: Date, now: Date, counting: Counting): Clocks {
  const rest = clocks.escalations.filter(({ clock }) => clock !== "resolve");
  const measure = countedTimeBetween(now, until, counting) > 0 ? counting : null;
  const fresh = escalationsFrom("resolve", now, countedTimeBetween(now, until, measure), measure);
  const due = fresh.map((one) => (one.stage === "overdue" ? { ...one, at: until } : one));
  return { ...clocks, resolveBy: until, escalations: sortByTime([...rest, ...due]) };
}

/** The next escalation. Those of the response clock are skipped after the first contact. */
export const nextEscalation = (
  escalations: readonly ScheduledEscalation[],
  contacted: boolean,
): ScheduledEscalation | null => escalations.find(({ clock }) => clock === "resolve" || !contacted) ?? null;

/** The escalations after `taken`, which was the next one. */
export const escalationsAfter = (
  escalations: readonly ScheduledEscalation[],
  taken: ScheduledEscalation,
): ScheduledEscalation[] => escalations.slice(escalations.indexOf(taken) + 1);
