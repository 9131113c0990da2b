import { HOUR, MINUTE, atClock, wallClock } from "../../fronts/wall-clock.ts";

/** The usual ends of shifts in Shanghai time: early, office, evening, late. */
const usual: readonly [hour: number, minute: number][] = [
  [9, 30],
  [17, 30],
  [21, 0],
  [23, 0],
];
const MAX_DUTY_MS = 16 * HOUR;
const MIN_DUTY_MS = 30 * MINUTE;

/**
 * The possible ends of a duty that starts now, soonest first: the usual ends of today and tomorrow within the 16 hours
 * that are allowed.
 */
export function dutyEnds(now: Date): Date[] {
  const { day } = wallClock(now);
  return [day, day + 1]
    .flatMap((on) => usual.map(([hour, minute]) => atClock(on, hour, minute)))
    .filter((end) => end.getTime() - now.getTime() >= MIN_DUTY_MS && end.getTime() - now.getTime() <= MAX_DUTY_MS);
}
