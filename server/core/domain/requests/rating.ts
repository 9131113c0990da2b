import type { Request } from "./request.ts";

const HOUR = 3_600_000;
/** A request without a rating is closed after this time, in ms. It is not counted as satisfied. */
const SILENT_MS = 7 * 24 * HOUR;
/** A rating may be changed for this long after it was first given, in ms. */
const CHANGEABLE_MS = 24 * HOUR;

/** When a resolved request closes without a rating; null while it is not resolved. */
export const closesUnratedAt = ({ clocks: { resolvedAt } }: Pick<Request, "clocks">): Date | null =>
  resolvedAt && new Date(resolvedAt.getTime() + SILENT_MS);

/** Whether the last result is rated. An earlier rating, which led to rework, does not count. */
export const isRated = ({
  outcome: { rating },
  clocks: { resolvedAt },
}: Pick<Request, "outcome" | "clocks">): boolean => rating !== null && resolvedAt !== null && rating.at >= resolvedAt;

/** Whether the request waits for a rating, or has one that may still be changed. */
export const ratingOpen = (request: Request, now: Date): boolean =>
  request.clocks.closedAt === null ||
  (isRated(request) && now.getTime() - request.clocks.closedAt.getTime() <= CHANGEABLE_MS);
