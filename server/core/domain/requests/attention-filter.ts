import { type Status, statuses } from "./request.ts";
import { openStatuses } from "./request-lifecycle.ts";

/**
 * The lists of requests that the committee has to look at: overdue (supervised ones included), supervised by the
 * subdistrict, with an undecided time request (延期、挂账), or with a callback due (回访).
 */
export type AttentionFilter = "overdue" | "supervised" | "time-request" | "callback";

/** The states of requests in such a list: open ones, and for callbacks all, since a callback is due in any state. */
export const attentionStatuses = (filter: AttentionFilter): readonly Status[] =>
  filter === "callback" ? statuses : openStatuses;
