import type { Logger } from "pino";
import { DomainError } from "../../kernel/errors.ts";
import { type ClamdAddress, type Verdict, ping, scan } from "./clamd.ts";

/** How long clamd may be silent, ms. */
const TIMEOUT_MS = 20_000;
/** After how many seconds somebody whose file could not be scanned may ask again. */
const RETRY_AFTER_S = 30;

/** Looks for viruses in uploaded files. */
export interface FileScanner {
  /**
   * Resolves when nothing was found. Throws `file.infected`, `file.unscannable` (clamd does not take the file) and
   * `file.not_scanned` (clamd is away).
   */
  check(bytes: Buffer, from: { userId: string | null; route: string }): Promise<void>;
  /** Whether files can be scanned now. */
  available(): Promise<boolean>;
}

/** For an installation without clamd: nothing is looked at. */
export const noScanner: FileScanner = { check: async () => undefined, available: async () => true };

/** A scanner that asks clamd. Each file that it does not pass, and why, is a line of the operator's log. */
export function createFileScanner(
  address: ClamdAddress,
  log: Pick<Logger, "warn" | "error">,
  timeoutMs = TIMEOUT_MS,
): FileScanner {
  return {
    async check(bytes, from) {
      let verdict: Verdict;
      try {
        verdict = await scan(address, timeoutMs, bytes);
      } catch (error) {
        log.error({ err: error, ...from }, "a file was not scanned and is not taken: clamd is away");
        throw new DomainError("file.not_scanned", { retryAfter: RETRY_AFTER_S });
      }
      const about = { ...from, bytes: bytes.length };
      if ("refused" in verdict) {
        log.error({ reply: verdict.refused, ...about }, "a file was not scanned and is not taken: clamd refused it");
        throw new DomainError("file.unscannable");
      }
      if (verdict.found === null) return;
      log.warn({ signature: verdict.found, ...about }, "an infected file is not taken");
      throw new DomainError("file.infected");
    },
    available: () => ping(address, timeoutMs).catch(() => false),
  };
}
