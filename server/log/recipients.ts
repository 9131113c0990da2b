import { type Addressee, type Office, declarations } from "../../contract/events.ts";
import type { EventRecord } from "../kernel/event.ts";
import { learnsOf } from "./audience.ts";

/** Every type of event that somebody is told of. */
export const noticeTypes = (): string[] => Object.keys(declarations).filter((type) => declarations[type]?.notice);

/** The offices to be told of an event. */
export const officesNotified = (type: string): readonly Office[] => declarations[type]?.notice?.offices ?? [];

/** The reader that each addressee is outside the staff: who does not learn of an event gets no notice of it either. */
const outsiders = { resident: "resident", filer: "resident", followers: "follower", organization: "partner" } as const;

function addresseesOf(type: string): readonly Addressee[] {
  const to = declarations[type]?.notice?.to ?? [];
  return to.filter((who) => !(who in outsiders) || learnsOf(outsiders[who as keyof typeof outsiders], type));
}

/** Whether the people of the organization that the event names are told of it. */
export const notifiesOrganization = (type: string): boolean => addresseesOf(type).includes("organization");

/**
 * The users to be told of an event, each once, never the one who did it; holders of an office are told as such.
 * `people`: of the organization that it names.
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
