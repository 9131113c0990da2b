import { atClock, wallClock } from "../../fronts/wall-clock.ts";

/** Days from today until which more time is usually asked for. */
const days = [1, 3, 7, 15, 30];
/** A day's work is done by then. */
const EVENING = 18;

/** Ends to choose from for an extension or a suspension: the evening of some day. */
export const timeRequestEnds = (now: Date): Date[] => days.map((n) => atClock(wallClock(now).day + n, EVENING));
