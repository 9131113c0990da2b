import type { Service, Urgency } from "../community/community.ts";

const MINUTE = 60_000;
/** The share of the service's response time that an urgent request, or rework, is allowed in the queue. */
const URGENT_SHARE = 1 / 4;
/**
 * How far an urgent request is put ahead, in ms: it comes before every other one that has waited less than a week.
 * Older ones stay before it, so nothing starves.
 */
const URGENT_AHEAD = 7 * 1_440 * MINUTE;

/**
 * The place of a request in its community's queue, in ms since the epoch, smallest first: submission plus the service's
 * response time. Urgent requests and rework get a quarter of that time; urgent ones go a week ahead in addition. All
 * keys are fixed points in time, so no request starves.
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
