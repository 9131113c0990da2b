import type { NotReady } from "./readiness.ts";

/** The interval between checks, ms. */
const LOOK_MS = 5_000;
/** The time in which a process has to recover by itself, ms. Every wait on the database has ended by then. */
const RECOVERY_MS = 60_000;

export interface LivenessParts {
  notReady: () => Promise<readonly NotReady[]>;
  /** Asks the database on a new connection. Rejects when it does not answer. */
  reach: () => Promise<void>;
  /** Called once when the process cannot recover. */
  gaveUp: () => void;
}

export interface Liveness {
  /** False when the process cannot recover and should be started again. */
  alive(): boolean;
  /** Runs one check. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Whether the process should keep running. A database that is away is no reason to end, since it is away for the next
 * process, too. When the database has been away for this process for a minute and a new connection reaches it, the
 * process itself is broken.
 */
export function createLiveness({ notReady, reach, gaveUp }: LivenessParts): Liveness {
  let awaySinceMs: number | null = null;
  let alive = true;

  async function look(): Promise<void> {
    if (!(await notReady()).includes("database")) {
      awaySinceMs = null;
      return;
    }
    awaySinceMs ??= performance.now();
    if (!alive || performance.now() - awaySinceMs < RECOVERY_MS) return;
    try {
      await reach();
    } catch {
      return;
    }
    // The connections may have recovered during the check.
    if (!(await notReady()).includes("database")) return;
    alive = false;
    gaveUp();
  }

  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return { alive: () => alive, look, stop: () => clearInterval(timer) };
}
