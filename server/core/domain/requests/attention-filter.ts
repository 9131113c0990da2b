import { type Status, statuses } from "./request.ts";
import { openStatuses } from "./request-lifecycle.ts";

/**
 * What the committee has to look after: overdue (supervised ones too), supervised by the subdistrict, asked and not
 * decided (延期、挂账), or to be called back (回访).
 */
export type AttentionFilter = "overdue" | "supervised" | "plea" | "callback";

/**
 * The states in which a request may be such: most are for open ones; a callback is due whatever has become of the
 * request.
 */
export const attentionStatuses = (filter: AttentionFilter): readonly Status[] =>
  filter === "callback" ? statuses : openStatuses;
