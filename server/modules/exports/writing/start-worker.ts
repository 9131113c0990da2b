import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Logger } from "pino";

/**
 * V8 flags of the writer. They make V8 collect garbage before the heap grows, so that memory does not grow with the
 * number of rows. A file of any size needs less than half of this heap.
 */
export const WRITER_FLAGS = ["--max-old-space-size=128", "--max-semi-space-size=4"] as const;

/** How often the writer is told the load of this process, ms. */
const BUSY_REPORT_INTERVAL_MS = 250;
/** The delay before a writer that exited is started again, ms. */
const RESTART_DELAY_MS = 5_000;

/** Where the writer finds what it needs. */
export interface WriterSettings {
  uri: string;
  database: string;
  keysFile: string;
}

/** Starts the process that writes exports, and starts it again when it dies. Returns how to stop it. */
export function startExportWorker(settings: WriterSettings, log: Logger): () => Promise<void> {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;

  function start(): void {
    child = fork(join(import.meta.dirname, "worker.ts"), [], {
      execArgv: [...WRITER_FLAGS],
      stdio: "inherit",
    });
    child.send(settings, () => undefined);
    child.once("exit", (code) => {
      child = null;
      if (stopping) return;
      log.warn({ code }, "the export writer ended; it is started again");
      timer = setTimeout(start, RESTART_DELAY_MS);
    });
  }
  start();
  let before = performance.eventLoopUtilization();
  const telling = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(now, before).utilization;
    before = now;
    if (child?.connected) child.send({ busy }, () => undefined);
  }, BUSY_REPORT_INTERVAL_MS);
  return async () => {
    stopping = true;
    clearInterval(telling);
    if (timer) clearTimeout(timer);
    const running = child;
    if (!running) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill();
    await ended;
  };
}
