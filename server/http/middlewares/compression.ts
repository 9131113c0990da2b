import type { Middleware } from "koa";
import compress from "koa-compress";
import type { Operation } from "../../../contract/operation.ts";

/** Shorter replies leave as they are, bytes. gzip costs 80 µs of CPU however short a reply is, a third of a whole step. */
const THRESHOLD = 4_096;

/**
 * Whether replies of an operation are never compressed.
 *
 * - `secret`: the length of a compressed reply tells how much of it is alike. Whoever listens on the line and can have a
 *   text of theirs put beside a secret guesses the secret from it (BREACH, CVE-2013-3587). Other replies hold signed
 *   addresses of photos, which end after ten minutes, and to the handler a phone: a guess takes thousands of texts and
 *   calls. Filing has a budget, and a call needs a token, which no page elsewhere can send, since it is in no cookie.
 * - Files: photos and workbooks are compressed in themselves, and a browser shows how far a download is only when it
 *   knows the length.
 */
export const isNeverCompressed = ({ reply, secret }: Operation): boolean => reply === "file" || secret === true;

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
