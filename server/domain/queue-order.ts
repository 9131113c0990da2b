import type { Service, Urgency } from "./community.ts";

const MINUTE = 60_000;
/** An urgent request, or rework, is due for claiming in this share of the service's response time. */
const URGENT_SHARE = 1 / 4;

/**
 * The place of a request in its community's queue, ms since the epoch, smallest first: submission plus an allowance of the
 * service's response time (a quarter of it when urgent). Time passes for all alike, so nothing starves.
 */
export function queueKey(submittedAt: Date, urgency: Urgency, service: Pick<Service, "respondMinutes">): number {
  const allowance = service.respondMinutes * MINUTE * (urgency === "urgent" ? URGENT_SHARE : 1);
  return submittedAt.getTime() + Math.round(allowance);
}
