import type { DomainEvent } from "../../../kernel/event.ts";

type Addressee = "resident" | "handler" | "previousHandler" | "filer" | "cadres" | "organization" | "followers";

/** Who is told of which event. A single rating is never told to its handler. */
const addressees: Readonly<Record<string, readonly Addressee[]>> = {
  "request.submitted": ["resident"],
  "request.claimed": ["resident", "filer", "followers"],
  "request.assigned": ["resident", "handler", "previousHandler", "filer", "followers"],
  "request.released": ["resident", "filer", "followers"],
  "request.contacted": ["resident", "filer", "followers"],
  "request.handed_over": ["resident", "handler", "filer", "followers"],
  "request.noted": ["resident", "filer"],
  "request.internally_noted": ["handler"],
  "request.message_sent": ["resident", "handler", "filer"],
  "request.asked": ["resident", "filer"],
  "request.answered": ["handler", "resident", "filer"],
  "request.resolved": ["resident", "filer", "followers"],
  "request.closed_unrated": ["resident", "filer"],
  "request.withdrawn": ["handler", "resident", "filer", "followers"],
  "request.rejected": ["resident", "handler", "filer", "followers"],
  "request.consented": ["resident", "handler", "filer"],
  "request.consent_revoked": ["handler"],
  "request.transferred": ["resident", "previousHandler", "filer", "followers"],
  "request.transfer_refused": ["handler"],
  "request.requeued": ["resident", "previousHandler", "filer", "followers"],
  "request.handed_back": ["resident", "filer", "followers"],
  "request.offered": ["cadres"],
  "request.extended": ["resident", "handler", "filer"],
  "request.extension_refused": ["handler"],
  "request.suspended": ["resident", "handler", "filer", "followers"],
  "request.suspension_refused": ["handler"],
  "request.resumed": ["resident", "handler", "filer", "followers"],
  "request.reminded": ["handler"],
  "request.overdue": ["handler"],
  "request.supervised": ["handler"],
  "request.organization_asked": ["organization", "handler"],
  "task.accepted": ["resident", "handler", "filer"],
  "task.refused": ["handler"],
  "task.noted": ["handler"],
  "task.done": ["handler"],
  "task.withdrawn": ["organization", "handler"],
  "task.cancelled": ["organization"],
  "task.reminded": ["organization"],
  "task.overdue": ["organization", "handler"],
  "task.supervised": ["organization", "handler"],
  "account.new_device": ["cadres"],
  "resident.confirmed": ["resident"],
  "complaint.answered": ["resident"],
  "photo.rejected": ["resident", "handler", "filer"],
  "photo.passed": ["resident", "handler", "filer"],
  "roster.published": ["cadres"],
  "roster.changed": ["cadres"],
  "roster.backups_named": ["cadres"],
  "shift.swap_asked": ["cadres"],
  "shift.swap_accepted": ["cadres"],
  "shift.swap_declined": ["cadres"],
  "shift.swap_withdrawn": ["cadres"],
  "shift.swap_refused": ["cadres"],
  "shift.swapped": ["cadres"],
  "duty.ended": ["cadres"],
  "duty.notes_missing": ["cadres"],
  "leave.approved": ["cadres"],
  "leave.refused": ["cadres"],
};

/** Whoever holds an office of the community (committee), or watches over it (supervisor). */
export type Office = "committee" | "supervisor";

/** Which offices are told of which event: what waits for their word, and what has gone wrong (督办). */
const offices: Readonly<Record<string, readonly Office[]>> = {
  "request.callback_late": ["committee"],
  "request.untaken": ["committee"],
  "request.transferred": ["committee"],
  "request.transfer_refused": ["committee"],
  "transfer.offered": ["committee"],
  "transfer.recalled": ["committee"],
  "transfer.lapsed": ["committee"],
  "request.extension_asked": ["committee"],
  "request.suspension_asked": ["committee"],
  "request.overdue": ["committee"],
  "request.supervised": ["committee", "supervisor"],
  "task.refused": ["committee"],
  "task.overdue": ["committee"],
  "task.supervised": ["committee", "supervisor"],
  "complaint.filed": ["committee"],
  "photo.held": ["committee"],
  "duty.notes_missing": ["committee"],
  "leave.asked": ["committee"],
  "shift.swap_accepted": ["committee"],
};

/** Every type of event that somebody is told of. */
export const noticeTypes: readonly string[] = [...new Set([...Object.keys(addressees), ...Object.keys(offices)])];

/** The offices to be told of an event. */
export const officesTold = (type: string): readonly Office[] => offices[type] ?? [];

/** Whether the people of the organization that the event names are told of it. */
export const tellsOrganization = (type: string): boolean => (addressees[type] ?? []).includes("organization");

/**
 * The users to be told of an event, each once, never the one who did it; holders of an office are told as such. `people`: of the
 * organization that it names.
 */
export function toBeTold(
  event: Pick<DomainEvent, "type" | "actor" | "subjects">,
  people: readonly string[] = [],
): string[] {
  const { residentId, handlerId, previousHandlerId, filerId = null, cadreIds = [], followerIds = [] } = event.subjects;
  const ids: Record<Addressee, readonly (string | null)[]> = {
    resident: [residentId],
    handler: [handlerId],
    previousHandler: [previousHandlerId],
    filer: [filerId],
    cadres: cadreIds,
    organization: people,
    followers: followerIds,
  };
  const told = (addressees[event.type] ?? []).flatMap((who) => ids[who]);
  return [...new Set(told)].filter((id): id is string => id !== null && id !== event.actor.id);
}
