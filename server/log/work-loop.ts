/** Repeats a piece of work. */
export interface WorkLoop {
  start(): void;
  /** Signals that there may be work: the next run starts at once. */
  wake(): void;
  /** Time since the last successful run, ms; 0 when the loop is not started. */
  quietMs(): number;
  /** Ends after the run in progress. The loop may be started again. */
  stop(): Promise<void>;
}

export interface WorkLoopOptions {
  /** One run. Returns true when there was work, so that there may be more. */
  work: () => Promise<boolean>;
  /** Called when a run fails. The next one follows after `pollMs`. */
  failed: (error: unknown) => void;
  /** The pause after a run without work, unless `wake` ends it, ms. */
  pollMs: number;
  /**
   * A run that had work is followed by a pause of twice its duration, at most this long, ms. `wake` does not end that
   * pause: work that arrives meanwhile is done in one batch.
   */
  maxRestMs: number;
}

/** Creates a loop that is not started. */
export function createWorkLoop({ work, failed, pollMs, maxRestMs }: WorkLoopOptions): WorkLoop {
  let running = false;
  let woken = false;
  let loop: Promise<void> = Promise.resolve();
  let succeededMs = 0;
  /** Ends the current pause. */
  let endPause: (() => void) | null = null;
  let pauseIsLight = false;

  function pause(ms: number, light: boolean): Promise<void> {
    if (!running) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(end, ms);
      function end(): void {
        clearTimeout(timer);
        endPause = null;
        resolve();
      }
      endPause = end;
      pauseIsLight = light;
    });
  }

  async function run(): Promise<void> {
    while (running) {
      woken = false;
      try {
        const started = performance.now();
        const did = await work();
        succeededMs = performance.now();
        if (did) await pause(Math.min(2 * (succeededMs - started), maxRestMs), false);
        if (did || woken) continue;
      } catch (error) {
        failed(error);
      }
      await pause(pollMs, true);
    }
  }

  return {
    start() {
      running = true;
      succeededMs = performance.now();
      loop = run();
    },
    wake() {
      woken = true;
      if (pauseIsLight) endPause?.();
    },
    quietMs: () => (running ? performance.now() - succeededMs : 0),
    async stop() {
      running = false;
      endPause?.();
      await loop;
    },
  };
}
