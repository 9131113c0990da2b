import { settlesWithin } from "../kernel/settles-within.ts";

/** A part that has not ended within this time is skipped, so that the others end too, ms. */
const PART_TIMEOUT_MS = 12_000;
/** The process exits after this time in any case, ms. systemd kills after 90 s. */
const TOTAL_TIMEOUT_MS = 40_000;

export interface Shutdown {
  /** True once the process was asked to end. */
  asked(): boolean;
  /** Registers the function that ends a started part. Parts are ended in reverse order of their start. */
  started(end: () => Promise<unknown> | void): void;
  /** Says why the process cannot go on, ends everything, the last first, each in bounded time, and exits 1. */
  fail(why: string): Promise<never>;
}

/**
 * How the process ends: in order when it is asked to (SIGTERM, SIGINT), at once when it is asked twice. What it held
 * is free for others when it is gone: partitions, jobs, exports. Exits 0 when asked, and 1 when it cannot go on, so
 * that whoever supervises it starts it again.
 */
export function createShutdown({ say, delayMs }: { say: (line: string) => void; delayMs: () => number }): Shutdown {
  const ends: (() => Promise<unknown> | void)[] = [];
  let asked = false;

  async function end(): Promise<void> {
    for (const one of ends.splice(0).toReversed()) {
      if (!(await settlesWithin(Promise.resolve(one()), PART_TIMEOUT_MS))) say("有一部分没有按时收工，不等它了。");
    }
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130);
      // Readiness fails from here on. Load balancers have the delay to notice.
      asked = true;
      say("正在收工：办完手上的请求，关闭数据库……");
      setTimeout(() => process.exit(0), TOTAL_TIMEOUT_MS + delayMs()).unref();
      setTimeout(() => void end().then(() => process.exit(0)), delayMs());
    });
  }

  async function fail(why: string): Promise<never> {
    // Asked to end: what breaks under the end is no news, and the signal's handler exits.
    if (asked) return new Promise<never>(() => undefined);
    console.error(why);
    setTimeout(() => process.exit(1), TOTAL_TIMEOUT_MS).unref();
    await end();
    process.exit(1);
  }

  return { asked: () => asked, started: (one) => ends.push(one), fail };
}
