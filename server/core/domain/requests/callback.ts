import { addDays, dayOf, instantOf } from "../community/calendar.ts";
import type { Callback, Rating, RequestOutcome } from "./request-outcome.ts";
import type { Request } from "./request.ts";
import type { OfficeHours } from "../community/working-time.ts";

/** A score of this or less calls for a callback, whatever the outcome. */
const LOW_SCORE = 2;
/** After this many closed days in a row the office counts as one that never opens, and the callback is due then. */
const MAX_CLOSED_DAYS = 30;

/** Why the rating calls for a callback (回访); null when it does not. */
export function callbackReason({ outcome, scores }: Pick<Rating, "outcome" | "scores">): Callback["reason"] | null {
  if (outcome === "unsolved") return "unsolved";
  return Object.values(scores).some((score) => score <= LOW_SCORE) ? "low-score" : null;
}

/** The deadline of a callback: the end of the office's next workday after the day of `now`. */
export function callbackBy(now: Date, office: OfficeHours): Date {
  const today = dayOf(now);
  for (let n = 1; n <= MAX_CLOSED_DAYS; n++) {
    const day = addDays(today, n);
    const last = office(day).at(-1);
    if (last) return instantOf(day, last[1]);
  }
  return instantOf(addDays(today, MAX_CLOSED_DAYS), 0);
}

/**
 * The callback after a rating. A bad rating calls for one, by somebody else than the handler. When a rating is changed
 * within its day, a callback that was made stays, and one that was not made is replaced or removed.
 */
export function callbackAfter(
  request: Request,
  rating: Omit<Rating, "at">,
  now: Date,
  office: OfficeHours,
): Callback | null {
  const changed = request.outcome.rating !== null && request.clocks.closedAt !== null;
  if (changed && request.outcome.callback?.made) return request.outcome.callback;
  const reason = callbackReason(rating);
  if (!reason) return null;
  const dueBy = changed && request.outcome.callback ? request.outcome.callback.dueBy : callbackBy(now, office);
  return { reason, dueBy, excludedUserId: request.handlerId, attempts: 0, late: false, made: null };
}

type WithCallback = { outcome: Pick<RequestOutcome, "callback"> };

/** Whether a callback is still to be made. */
export const callbackDue = ({ outcome: { callback } }: WithCallback): boolean =>
  callback !== null && callback.made === null;

/** When a callback that was not made is to be reported as late; null when none is due or it was reported. */
export const callbackLateAt = ({ outcome: { callback } }: WithCallback): Date | null =>
  callback && !callback.made && !callback.late ? callback.dueBy : null;
