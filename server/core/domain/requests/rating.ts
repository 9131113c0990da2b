import type { Request } from "./request.ts";

const HOUR = 3_600_000;
/** A request without a rating is closed after a week. It is not counted as satisfied. */
const SILENT_MS = 7 * 24 * HOUR;
/** A rating may be changed for a day from when it was first given. */
const CHANGEABLE_MS = 24 * HOUR;

/** When a resolved request closes without a rating; null while it is not resolved. */
export const closesUnratedAt = ({ resolvedAt }: Pick<Request, "resolvedAt">): Date | null =>
  resolvedAt && new Date(resolvedAt.getTime() + SILENT_MS);

/** Whether the last result has its rating. One of before, which asked for rework, has done its work. */
export const isRated = ({ rating, resolvedAt }: Pick<Request, "rating" | "resolvedAt">): boolean =>
  rating !== null && resolvedAt !== null && rating.at >= resolvedAt;

/** Whether it waits for a rating, or has one that may still be changed. */
export const ratingOpen = (request: Request, now: Date): boolean =>
  request.closedAt === null || (isRated(request) && now.getTime() - request.closedAt.getTime() <= CHANGEABLE_MS);
