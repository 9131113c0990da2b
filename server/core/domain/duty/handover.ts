import type { Request, Status } from "../requests/request.ts";

/**
 * States of a request for which the holder owes a hand-over note at the end of a shift: there was a contact, and the
 * request may proceed. Without a contact the request returns to the queue; a suspended one waits until a known day.
 */
export const handoverStatuses: readonly Status[] = ["handling", "waiting"];

/** Whether the holder still owes a hand-over note for a duty that began at `since`. */
export const owesHandoverNote = (
  { status, handlerId, handling: { handover } }: Pick<Request, "status" | "handlerId" | "handling">,
  cadreId: string,
  since: Date,
): boolean =>
  handlerId === cadreId &&
  handoverStatuses.includes(status) &&
  !(handover && handover.fromId === cadreId && handover.at >= since);

const MINUTE = 60_000;
/** The committee is told of notes that are still owed this long after the end of a duty, in ms. */
const NOTE_GRACE_MS = 60 * MINUTE;

/** When the committee is told of notes that are owed for a duty that ended at `ended`. */
export const handoverNotesDueAt = (ended: Date): Date => new Date(ended.getTime() + NOTE_GRACE_MS);
