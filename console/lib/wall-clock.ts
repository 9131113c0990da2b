import { clockTime, dayOf } from "./time.ts";

/**
 * A moment in an address, in Shanghai time: a day `2026-11-22` or a minute `2026-11-22T17:30`. As the end of a span a
 * day
 * is inclusive and a minute is exclusive.
 */
export type WallClock = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

const parse = (value: WallClock): Date => new Date(`${DAY.test(value) ? `${value}T00:00` : value}:00+08:00`);

/** Reads a moment from an address. Instants (`…Z`, `…+08:00`) are read, too. Undefined when it is no valid time. */
export function readWallClock(text: string | null): WallClock | undefined {
  if (!text) return undefined;
  // An unescaped plus sign in an address is decoded as a space.
  const value = text.replace(/ (\d{2}:\d{2})$/, "+$1");
  if (DAY.test(value) || MINUTE.test(value)) return Number.isNaN(parse(value).getTime()) ? undefined : value;
  if (!INSTANT.test(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : `${dayOf(instant)}T${clockTime(instant)}`;
}

/** The instant at which a span begins, in UTC, ISO 8601. */
export const startInstant = (value: WallClock): string => parse(value).toISOString();

/** The exclusive end of a span as an instant: after the whole day, or at the minute. */
export const endInstant = (value: WallClock): string =>
  new Date(parse(value).getTime() + (DAY.test(value) ? DAY_MS : 0)).toISOString();

/** A moment for display: 2026-11-22 17:30. */
export const wallClockWords = (value: WallClock): string => value.replace("T", " ");
