import type { Service } from "./community.ts";
import type { Request } from "./request.ts";

const MINUTE = 60_000;

/** Rework gets half of the service's times, counted from the moment of the complaint (product.md 7: a shorter clock). */
const REWORK_SHARE = 1 / 2;

type Times = Pick<Service, "respondMinutes" | "resolveMinutes">;

/** Deadlines of a request whose clock starts at `start`: at submission, or at the rating that asked for rework. */
export function deadlines(start: Date, service: Times, rework = false): { respondBy: Date; resolveBy: Date } {
  const share = (rework ? REWORK_SHARE : 1) * MINUTE;
  return {
    respondBy: new Date(start.getTime() + Math.round(service.respondMinutes * share)),
    resolveBy: new Date(start.getTime() + Math.round(service.resolveMinutes * share)),
  };
}

/** Deadlines after the clock has waited from `waitingSince` to `now`: both moved by that time. */
export function resumed(
  request: Pick<Request, "respondBy" | "resolveBy" | "waitingSince">,
  now: Date,
): { respondBy: Date; resolveBy: Date } {
  const waited = request.waitingSince ? Math.max(0, now.getTime() - request.waitingSince.getTime()) : 0;
  return {
    respondBy: new Date(request.respondBy.getTime() + waited),
    resolveBy: new Date(request.resolveBy.getTime() + waited),
  };
}

/** Deadlines as events tell them: ISO, null while the clock stands still. */
export const shownDeadlines = ({
  respondBy,
  resolveBy,
  waitingSince,
}: Pick<Request, "respondBy" | "resolveBy" | "waitingSince">) =>
  waitingSince
    ? { respondBy: null, resolveBy: null }
    : { respondBy: respondBy.toISOString(), resolveBy: resolveBy.toISOString() };
