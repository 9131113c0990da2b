import type { Session } from "../../contract/index.ts";

/** How long before its end a login is warned of, in ms. */
export const WARNING_MS = 2 * 60_000;

/** At most one use in this time is told to the server, in ms. */
export const USE_INTERVAL_MS = 20_000;

/** The time that a login has left, in ms, and whether using the console makes it longer. */
export interface TimeLeft {
  ms: number;
  byIdling: boolean;
}

/** The time left of a login that was last used at `usedAt`. */
export function timeLeft(
  { idleSeconds, endsAt }: NonNullable<Session["console"]>,
  usedAt: number,
  now: number,
): TimeLeft {
  const idle = usedAt + idleSeconds * 1_000 - now;
  const whole = Date.parse(endsAt) - now;
  return idle <= whole ? { ms: idle, byIdling: true } : { ms: whole, byIdling: false };
}

/** A countdown: 1:05. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
