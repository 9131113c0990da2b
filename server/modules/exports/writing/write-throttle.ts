/** The largest share of time that the writer works, with an idle and with a busy server. */
const WRITER_SHARE = { idle: 0.7, busy: 0.06 };
/** The share of time at work above which the server counts as busy. */
const BUSY_SHARE = 0.35;
/**
 * The longest rest, well below the lease of an export, ms. A page that took very long predicts little about the next
 * one.
 */
const MAX_REST_MS = 3_000;

/**
 * How long the writer rests after a page that took `took` ms; result in ms. `busy` (0 to 1) is the recent share of time
 * that the server was at work. Steps of users take precedence over exports, which may finish later.
 */
export function restAfterPage(took: number, busy: number): number {
  const share = WRITER_SHARE.idle + (WRITER_SHARE.busy - WRITER_SHARE.idle) * Math.min(1, busy / BUSY_SHARE);
  return Math.min(MAX_REST_MS, took * (1 / share - 1));
}
