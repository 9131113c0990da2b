import type { Actor } from "../../../kernel/actor.ts";
import { addDays, instantOf } from "../../../core/domain/community/calendar.ts";
import { attentionStatuses } from "../../../core/domain/requests/attention-filter.ts";
import type { CallbackResult } from "../../../core/domain/requests/request-outcome.ts";
import type { Uses } from "../../../core/ports.ts";
import { readRow } from "../../../log/read-row.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { type Period, checkPeriod, communitiesOf } from "./period.ts";

const PAGE = 200;

/** The callbacks (回访) made in a period, by result, and the number of those due now. */
export interface CallbackCounts {
  asOf: Date;
  answers: Record<CallbackResult, number>;
  /** Callbacks of the period that were made after the end of the next workday. */
  late: number;
  /** Callbacks due now, whatever the date of the rating. */
  waiting: number;
}

/** Counts callbacks in the log and in the list of open ones. Throws `auth.forbidden`, `figures.period_invalid`. */
export async function countCallbacks(
  deps: Uses<"clock" | "store">,
  actor: Actor,
  query: Period & { communityId?: string | undefined },
): Promise<CallbackCounts> {
  checkPeriod(query);
  const communityIds = await communitiesOf(deps, actor, query.communityId);
  const counts: CallbackCounts = {
    asOf: deps.clock.now(),
    answers: { satisfied: 0, unsatisfied: 0, unreached: 0 },
    late: 0,
    waiting: 0,
  };
  const made = { communityIds, type: "request.called_back" } as const;
  const range = { from: instantOf(query.from, 0), to: instantOf(addDays(query.to, 1), 0) };
  for await (const rows of pagesOf((cursor) => deps.store.log.list({ ...made, ...range }, "asc", PAGE, cursor))) {
    for (const row of rows) {
      const { answer, late } = readRow(row).data as { answer?: CallbackResult; late?: boolean };
      // An erased payload has no result.
      if (answer) counts.answers[answer]++;
      if (late) counts.late++;
    }
  }
  const due = { communityIds, attention: "callback", statuses: attentionStatuses("callback") } as const;
  for await (const requests of pagesOf((cursor) => deps.store.requests.list(due, PAGE, cursor))) {
    counts.waiting += requests.length;
  }
  return counts;
}
