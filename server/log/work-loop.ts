/** Does a piece of work again and again. */
export interface WorkLoop {
  start(): void;
  /** There may be something to do: the next piece begins at once. */
  wake(): void;
  /** How long ago a piece of work last succeeded, ms; 0 when it is not started. */
  quietMs(): number;
  /** Ends after the piece of work in hand. It may be started again. */
  stop(): Promise<void>;
}

export interface WorkLoopOptions {
  /** One piece of work: true when there was something to do, so that there may be more. */
  work: () => Promise<boolean>;
  /** Hears of a piece of work that failed; the next one follows after the pause. */
  failed: (error: unknown) => void;
  /** How long it waits when there was nothing to do, unless it is woken, ms. */
  pollMs: number;
  /**
   * After a piece of work that did something the next one waits for twice as long as that took, at most this long,
   * whether it is woken or not, ms: what comes in meanwhile is done in one batch.
   */
  maxRestMs: number;
}

/** A loop that is not started. */
export function createWorkLoop({ work, failed, pollMs, maxRestMs }: WorkLoopOptions): WorkLoop {
  let running = false;
  let woken = false;
  let loop: Promise<void> = Promise.resolve();
  let succeededMs = 0;
  /** Ends the pause that is under way. */
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
