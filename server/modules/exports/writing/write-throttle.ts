/** At most this share of the time is the writer's when the server has nothing else to do, and when it is busy. */
const WRITER_SHARE = { idle: 0.7, busy: 0.06 };
/** A server that is at work for this share of the time is busy. */
const BUSY_SHARE = 0.35;
/** Well below the lease of an export, ms: a page that took long says more about the moment than about the next one. */
const MAX_REST_MS = 3_000;

/**
 * How long the writer of exports rests after a page that took `took` ms, ms. The page cost the database what those
 * who work want of it; `busy` (0 to 1) is how much of its time their server was at work lately. A file may come
 * later; a step may not.
 */
export function restAfterPage(took: number, busy: number): number {
  const share = WRITER_SHARE.idle + (WRITER_SHARE.busy - WRITER_SHARE.idle) * Math.min(1, busy / BUSY_SHARE);
  return Math.min(MAX_REST_MS, took * (1 / share - 1));
}
