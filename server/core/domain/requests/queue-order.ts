import type { Service, Urgency } from "../community/community.ts";

const MINUTE = 60_000;
/** An urgent request, or rework, is due for claiming in this share of the service's response time. */
const URGENT_SHARE = 1 / 4;
/**
 * What is urgent goes before everything that is not and has waited less than a week: a class of its own, and still
 * nothing starves.
 */
const URGENT_AHEAD = 7 * 1_440 * MINUTE;

/**
 * The place of a request in its community's queue, ms since the epoch, smallest first: submission plus an allowance
 * of the service's response time, a quarter of it for rework, and for what is urgent a week less. Every place
 * improves with time at the same rate, so no request starves.
 */
export function queueKey(
  submittedAt: Date,
  urgency: Urgency,
  service: Pick<Service, "respondMinutes">,
  rework = false,
): number {
  const share = urgency === "urgent" || rework ? URGENT_SHARE : 1;
  const ahead = urgency === "urgent" ? URGENT_AHEAD : 0;
  return submittedAt.getTime() + Math.round(service.respondMinutes * MINUTE * share) - ahead;
}
