import type { AboutKind, EventData, EventType } from "../../contract/events.ts";

export type { EventData, EventType };

/** The aggregate that an event is about. `no`: its number, for requests. */
export interface About {
  kind: AboutKind;
  id: string;
  no: string | null;
}

/** A type of the catalogue with its data. */
export type EventContent<T extends EventType = EventType> = { [K in T]: { type: K; data: EventData<K> } }[T];

/** An event without its type and data. */
interface Envelope {
  version: number;
  at: Date;
  communityId: string;
  requestId: string | null;
  requestNo: string | null;
  serviceCode: string | null;
  actor: { id: string; role: string; name: string };
  /** The people concerned: the resident, and the handler before and after. Consumers derive recipients from them. */
  subjects: {
    residentId: string | null;
    handlerId: string | null;
    previousHandlerId: string | null;
    /** Cadres concerned by an event that is not about a request's handler, such as a roster or an offer. */
    cadreIds?: readonly string[];
    /** The family member who filed the request, unless the resident has refused consent. */
    filerId?: string | null;
    /** The organization that is asked to co-handle. Its people are notified. */
    organization?: string;
    /** Neighbours who follow the request, if the event is for them. */
    followerIds?: readonly string[];
  };
}

/** The event of a step of one aggregate. Its id is `aggregateId:version`. */
export type DomainEvent<T extends EventType = EventType> = Envelope & { about: About } & EventContent<T>;

/**
 * An event as stored in an outbox or the log. It may be from another release: its type may be unknown, and `about`
 * missing.
 */
export interface EventRecord extends Envelope {
  type: string;
  about?: About;
  data: Readonly<Record<string, unknown>>;
}
