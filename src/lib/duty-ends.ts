import { HOUR, MINUTE, atClock, wallClock } from "../../fronts/wall-clock.ts";

/** Ends of the usual shifts, Shanghai clock: the early one, office hours, the evening, late. */
const usual: readonly [hour: number, minute: number][] = [
  [9, 30],
  [17, 30],
  [21, 0],
  [23, 0],
];
const MAX_DUTY_MS = 16 * HOUR;
const MIN_DUTY_MS = 30 * MINUTE;

/**
 * When a shift that starts now may end, soonest first: usual ends of today, and tomorrow morning's, within the 16
 * hours allowed.
 */
export function dutyEnds(now: Date): Date[] {
  const { day } = wallClock(now);
  return [day, day + 1]
    .flatMap((on) => usual.map(([hour, minute]) => atClock(on, hour, minute)))
    .filter((end) => end.getTime() - now.getTime() >= MIN_DUTY_MS && end.getTime() - now.getTime() <= MAX_DUTY_MS);
}
