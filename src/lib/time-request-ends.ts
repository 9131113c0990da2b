import { atClock, wallClock } from "../../fronts/wall-clock.ts";

/** The usual lengths of an extension or suspension, days from today. */
const days = [1, 3, 7, 15, 30];
/** The hour at which the chosen day ends. */
const EVENING = 18;

/** Choices for the end of an extension or suspension. */
export const timeRequestEnds = (now: Date): Date[] => days.map((n) => atClock(wallClock(now).day + n, EVENING));
