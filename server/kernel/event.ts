import type { AboutKind, EventData, EventType } from "../../contract/events.ts";

export type { EventData, EventType };

/** The aggregate that an event is about. `no`: what people call it by, of a request. */
export interface About {
  kind: AboutKind;
  id: string;
  no: string | null;
}

/** A type of the catalogue together with what it tells. */
export type EventContent<T extends EventType = EventType> = { [K in T]: { type: K; data: EventData<K> } }[T];

/** All of an event but its type and what it tells. */
interface Envelope {
  version: number;
  at: Date;
  communityId: string;
  requestId: string | null;
  requestNo: string | null;
  serviceCode: string | null;
  actor: { id: string; role: string; name: string };
  /** Who is concerned: the resident and the handler before and after. Consumers address notices by these. */
  subjects: {
    residentId: string | null;
    handlerId: string | null;
    previousHandlerId: string | null;
    /** Cadres concerned by something that is not of a request, such as a roster. */
    cadreIds?: readonly string[];
    /** The family member who filed it for the resident, unless the resident has refused that. */
    filerId?: string | null;
    /** The organization that is asked to co-handle, whose people are told. */
    organization?: string;
    /** Neighbours who follow the request, where they are told of it. */
    followerIds?: readonly string[];
  };
}

/** What a step leaves behind: one event of one aggregate. `id` is `aggregateId:version`. */
export type DomainEvent<T extends EventType = EventType> = Envelope & { about: About } & EventContent<T>;

/**
 * An event as an outbox or the log has it: of any release, so that its type may be of another catalogue, and `about`
 * missing.
 */
export interface EventRecord extends Envelope {
  type: string;
  about?: About;
  data: Readonly<Record<string, unknown>>;
}
