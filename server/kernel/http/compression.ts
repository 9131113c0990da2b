import type { Middleware } from "koa";
import compress from "koa-compress";

/** Shorter replies leave as they are, bytes. gzip costs 80 µs of CPU however short a reply is, a third of a whole step. */
const THRESHOLD = 4_096;

/**
 * Compresses long replies for callers who take gzip: JSON, pages, scripts. A short reply is asked for its length and
 * nothing else. A reply of unknown length (a stream of events) is left alone, and so is one with `ctx.compress === false`.
 *
 * Only gzip: brotli at a speed that a reply can wait for saves a tenth more, for half as much CPU again.
 */
export function compression(): Middleware {
  const compressed = compress({ threshold: THRESHOLD, br: false, deflate: false, zstd: false });
  const done = async (): Promise<void> => undefined;
  return async (ctx, next) => {
    await next();
    if ((ctx.length ?? 0) >= THRESHOLD) await compressed(ctx, done);
  };
}
