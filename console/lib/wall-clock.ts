import { clockTime, dayOf } from "./time.ts";

/**
 * A moment as an address bar shows it, on the clock of Shanghai: a day `2026-11-22`, or a minute `2026-11-22T17:30`.
 * As the end of a span a day counts in full, a minute does not.
 */
export type WallClock = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

const parse = (value: WallClock): Date => new Date(`${DAY.test(value) ? `${value}T00:00` : value}:00+08:00`);

/**
 * What an address says, or undefined when it says nothing that is a time. An instant (`…Z`, `…+08:00`) is understood
 * too.
 */
export function readWallClock(text: string | null): WallClock | undefined {
  if (!text) return undefined;
  // A plus sign that was pasted unescaped arrives as a space.
  const value = text.replace(/ (\d{2}:\d{2})$/, "+$1");
  if (DAY.test(value) || MINUTE.test(value)) return Number.isNaN(parse(value).getTime()) ? undefined : value;
  if (!INSTANT.test(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : `${dayOf(instant)}T${clockTime(instant)}`;
}

/** The instant (UTC, ISO 8601) at which a span begins. */
export const startInstant = (value: WallClock): string => parse(value).toISOString();

/** The instant before which a span ends: after a whole day, or at a minute. */
export const endInstant = (value: WallClock): string =>
  new Date(parse(value).getTime() + (DAY.test(value) ? DAY_MS : 0)).toISOString();

/** As people read it: 2026-11-22 17:30. */
export const wallClockWords = (value: WallClock): string => value.replace("T", " ");
