/** A request has two clocks from its submission: one until the first contact, one until it is resolved. */
export type ClockName = "respond" | "resolve";

/** Reminded twice, overdue, supervised by the subdistrict (督办). */
export type EscalationStage = "half" | "most" | "overdue" | "supervised";

/** One escalation that is still ahead, and when it is due. */
export interface ScheduledEscalation {
  clock: ClockName;
  rung: EscalationStage;
  at: Date;
}

/** What of a request the clocks are: both deadlines, and the escalations ahead in order of time. */
export interface Clocks {
  respondBy: Date;
  resolveBy: Date;
  rungs: readonly ScheduledEscalation[];
}
