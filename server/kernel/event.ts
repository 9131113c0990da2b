/** What a step leaves behind: one event of one aggregate. `id` is `aggregateId:version`. */
export interface DomainEvent {
  version: number;
  type: string;
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
  data: Readonly<Record<string, unknown>>;
}
