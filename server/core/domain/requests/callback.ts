import { addDays, dayOf, instantOf } from "../community/calendar.ts";
import type { Callback, Rating, Request } from "./request.ts";
import type { OfficeHours } from "../community/working-time.ts";

/** A score of so much or less calls for a callback, whatever the outcome. */
const LOW_SCORE = 2;
/** A longer row of closed days is an office that never opens: then a callback is due within as many days. */
const LONGEST_CLOSED_DAYS = 30;

/** Why the rating calls for a callback (回访); null: it does not. */
export function callbackReason({ outcome, scores }: Pick<Rating, "outcome" | "scores">): Callback["why"] | null {
  if (outcome === "unsolved") return "unsolved";
  return Object.values(scores).some((score) => score <= LOW_SCORE) ? "low-score" : null;
}

/** Until when a callback is to be made: the end of the office's next workday after the day of `now`. */
export function callbackBy(now: Date, office: OfficeHours): Date {
  const today = dayOf(now);
  for (let n = 1; n <= LONGEST_CLOSED_DAYS; n++) {
    const day = addDays(today, n);
    const last = office(day).at(-1);
    if (last) return instantOf(day, last[1]);
  }
  return instantOf(addDays(today, LONGEST_CLOSED_DAYS), 0);
}

/**
 * The callback after a rating: that of a bad one, which somebody else than its handler makes. A rating that is changed within its
 * day keeps what was called already, and takes back a callback that nobody has made yet.
 */
export function callbackAfter(
  request: Request,
  rating: Omit<Rating, "at">,
  now: Date,
  office: OfficeHours,
): Callback | null {
  const changed = request.rating !== null && request.closedAt !== null;
  if (changed && request.callback?.made) return request.callback;
  const why = callbackReason(rating);
  if (!why) return null;
  const dueBy = changed && request.callback ? request.callback.dueBy : callbackBy(now, office);
  return { why, dueBy, exceptId: request.handlerId, attempts: 0, late: false, made: null };
}

/** Whether somebody still has to call. */
export const callbackDue = ({ callback }: Pick<Request, "callback">): boolean =>
  callback !== null && callback.made === null;

/** When its lateness is to be told; null: nothing is due, or it was told. */
export const callbackLateAt = ({ callback }: Pick<Request, "callback">): Date | null =>
  callback && !callback.made && !callback.late ? callback.dueBy : null;
