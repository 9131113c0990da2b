/**
 * The note of a cadre at the end of a shift (交班说明), for a colleague who takes over or for the same cadre the
 * next day.
 */
export interface Handover {
  note: string;
  fromId: string;
  fromName: string;
  /** Null when the request stays with the cadre who wrote the note. */
  toName: string | null;
  at: Date;
}

/** What those who work on a request share with each other. */
export interface RequestHandling {
  /** The question to the resident, while the request waits for the answer. */
  question: { text: string; askedAt: Date } | null;
  /** The hand-over note of the last shift. */
  handover: Handover | null;
  /** The head of the unit, named when the request goes to rework (重办); null before. */
  unitHead: string | null;
  /** Ids of co-handling tasks (协办) that have not ended. A request with one cannot be resolved. */
  openTasks: readonly string[];
  /** Organizations (协办单位) that have done their part since the request was filed or went to rework. */
  coHandlers: readonly string[];
}

/** The defaults of a request on which nobody has worked. */
export const blankHandling = {
  question: null,
  handover: null,
  unitHead: null,
  openTasks: [],
  coHandlers: [],
} satisfies RequestHandling;
