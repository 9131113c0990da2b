import { type Addressee, type Office, declarations } from "../../contract/events.ts";
import type { EventRecord } from "../kernel/event.ts";
import { learnsOf } from "./audience.ts";

/** Every type of event that leads to a notice. */
export const noticeTypes = (): string[] => Object.keys(declarations).filter((type) => declarations[type]?.notice);

/** The offices whose holders get a notice of an event. */
export const officesNotified = (type: string): readonly Office[] => declarations[type]?.notice?.offices ?? [];

/**
 * The kind of reader for each addressee outside the staff. An addressee whose kind may not learn of an event gets no
 * notice.
 */
const outsiders = { resident: "resident", filer: "resident", followers: "follower", organization: "partner" } as const;

function addresseesOf(type: string): readonly Addressee[] {
  const to = declarations[type]?.notice?.to ?? [];
  return to.filter((who) => !(who in outsiders) || learnsOf(outsiders[who as keyof typeof outsiders], type));
}

/** Whether an event of the type is notified to the people of the organization that it names. */
export const notifiesOrganization = (type: string): boolean => addresseesOf(type).includes("organization");

/**
 * The ids of the users that get a notice of an event, each once, without the actor. Holders of offices are not among
 * them ({@link officesNotified}). `people`: user ids of the organization that the event names.
 */
export function noticeRecipients(
  event: Pick<EventRecord, "type" | "actor" | "subjects">,
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
  const told = addresseesOf(event.type).flatMap((who) => ids[who]);
  return [...new Set(told)].filter((id): id is string => id !== null && id !== event.actor.id);
}
