import type { ClockName, Clocks } from "./clocks.ts";

/** A handler's request to the committee for more time (延期), or for stopped clocks (挂账), until a date. */
export interface TimeRequest {
  kind: "extension" | "suspension";
  until: Date;
  reason: string;
  at: Date;
}

/** The highest escalation that the request has reached. */
export interface Escalation {
  level: "reminded" | "overdue" | "supervised";
  clock: ClockName;
  at: Date;
}

/** Deadlines and timestamps of a request. While the clocks stand still the deadlines keep their value. */
export interface RequestClocks extends Clocks {
  claimedAt: Date | null;
  firstContactAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  /**
   * When the next step of the system is due: an escalation, the end of a suspension, the end of the time to rate, or
   * the report of a late callback. Null when none is.
   */
  dueAt: Date | null;
  escalation: Escalation | null;
  /** Since when the clocks stand still, waiting for the resident or suspended; null while they run. */
  pausedSince: Date | null;
  /** The end of the suspension that the committee has granted. */
  suspendedUntil: Date | null;
  /** The handler's time request that the committee has not decided yet. */
  timeRequest: TimeRequest | null;
}

/** The defaults of the clocks of a new request. */
export const blankClocks = {
  claimedAt: null,
  firstContactAt: null,
  resolvedAt: null,
  closedAt: null,
  escalations: [],
  dueAt: null,
  escalation: null,
  pausedSince: null,
  suspendedUntil: null,
  timeRequest: null,
} satisfies Partial<RequestClocks>;
