import type { Request, Status } from "../requests/request.ts";

/**
 * States of a request of which its holder says at the end of a shift how it stands: there was a contact, and it may
 * go on meanwhile. Without a contact it goes back to the queue; suspended there is nothing to do until a day that is
 * known.
 */
export const handoverStatuses: readonly Status[] = ["handling", "waiting"];

/** Whether the holder still has to say how it stands, in a duty that began at `since`. */
export const owesHandoverNote = (
  { status, handlerId, handover }: Pick<Request, "status" | "handlerId" | "handover">,
  cadreId: string,
  since: Date,
): boolean =>
  handlerId === cadreId &&
  handoverStatuses.includes(status) &&
  !(handover && handover.fromId === cadreId && handover.at >= since);

const MINUTE = 60_000;
/** Notes that are still owed so long after the end of a duty are the committee's business, ms. */
const NOTE_GRACE_MS = 60 * MINUTE;

/** When the committee is told of notes that are owed for a duty which ended then. */
export const handoverNotesDueAt = (ended: Date): Date => new Date(ended.getTime() + NOTE_GRACE_MS);
