/** A request has two clocks from its submission: one until the first contact, one until it is resolved. */
export type ClockName = "respond" | "resolve";

/** The stages of escalation: two reminders, overdue, and supervision by the subdistrict (督办). */
export type EscalationStage = "half" | "most" | "overdue" | "supervised";

/** An escalation that has not happened yet, and when it is due. */
export interface ScheduledEscalation {
  clock: ClockName;
  stage: EscalationStage;
  at: Date;
}

/** The deadlines of a request and its future escalations in order of time. */
export interface Clocks {
  respondBy: Date;
  resolveBy: Date;
  escalations: readonly ScheduledEscalation[];
}
