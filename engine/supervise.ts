/** Keeps a child process running. It is started again when it exits. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Service } from "./processes.ts";
import { EngineFailure } from "./types.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** After running for so long, ms, a process has recovered, and its earlier exits no longer count. */
const RECOVERED_MS = 2_000;
/** After so many exits and failed starts in a row, no further start is tried. The pauses take about 40 s in all. */
const MAX_DEATHS = 12;

export interface Supervised {
  /** Resolves with a sentence for the operator when no further start is tried. Never resolves after `stop`. */
  lost: Promise<EngineFailure>;
  /** Stops the process, also while it is being started. */
  stop(signal: NodeJS.Signals, limitMs: number): Promise<void>;
}

export interface SuperviseOptions {
  /** Its name in messages for the operator. */
  name: string;
  start: () => Promise<Service>;
  log: (line: string) => void;
  /** The pause before the first start after an exit, ms. */
  firstPauseMs?: number;
}

/**
 * Watches a running service. `start` starts it again at the same address, and rejects when the start fails. The pause
 * before a start doubles with each exit in a row.
 */
export function supervise(
  first: Service,
  { name, start, log, firstPauseMs = FIRST_PAUSE_MS }: SuperviseOptions,
): Supervised {
  const lost = Promise.withResolvers<EngineFailure>();
  const stopping = new AbortController();
  let current = first;

  async function watch(): Promise<void> {
    let deaths = 0;
    for (;;) {
      const startedAt = performance.now();
      await current.exited;
      if (stopping.signal.aborted) return;
      let why = current.output();
      if (performance.now() - startedAt > RECOVERED_MS) deaths = 0;
      for (let up = false; !up;) {
        deaths += 1;
        if (deaths > MAX_DEATHS) return lost.resolve(new EngineFailure(`${name}一再意外退出，服务就此结束：${why}`));
        log(`${name}意外退出，正在重新启动`);
        const pause = Math.min(firstPauseMs * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
        await sleep(pause, null, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        try {
          current = await start();
          up = true;
        } catch (error) {
          why = error instanceof Error ? error.message : String(error);
        }
        if (stopping.signal.aborted) return;
      }
    }
  }

  const watching = watch();
  return {
    lost: lost.promise,
    async stop(signal, limitMs) {
      stopping.abort();
      await current.stop(signal, limitMs);
      await watching;
      // A start that was under way may have finished meanwhile.
      await current.stop(signal, limitMs);
    },
  };
}
