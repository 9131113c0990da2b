import { bounded } from "../kernel/bounded.ts";

/** A part that does not end within this is left behind, so that the others end too, ms. */
const PART_MS = 12_000;
/** After this the process ends, whatever is left, ms: systemd kills after 90 s, an impatient operator sooner. */
const WHOLE_MS = 40_000;

export interface Ending {
  /** Whether the process was asked to end. */
  asked(): boolean;
  /** Something was started; `end` ends it, before what was started earlier. */
  started(end: () => Promise<unknown> | void): void;
  /** Ends everything, the last first, each in bounded time. */
  end(): Promise<void>;
}

/**
 * How the process ends: in order when it is asked to (SIGTERM, SIGINT), at once when it is asked twice. What it held is free for others when it
 * is gone: lanes, jobs, exports. Exits 0 when asked.
 */
export function createEnding({ say, delayMs }: { say: (line: string) => void; delayMs: () => number }): Ending {
  const ends: (() => Promise<unknown> | void)[] = [];
  let asked = false;

  async function end(): Promise<void> {
    for (const one of ends.splice(0).toReversed()) {
      if (!(await bounded(Promise.resolve(one()), PART_MS))) say("有一部分没有按时收工，不等它了。");
    }
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130);
      // Readiness says no from here on; who sends work has the delay to notice.
      asked = true;
      say("正在收工：办完手上的请求，关闭数据库……");
      setTimeout(() => process.exit(0), WHOLE_MS + delayMs()).unref();
      setTimeout(() => void end().then(() => process.exit(0)), delayMs());
    });
  }

  return { asked: () => asked, started: (one) => ends.push(one), end };
}
