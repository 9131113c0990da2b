import type { About } from "../../kernel/event.ts";

/**
 * One row of the service log. `payload` is JSON text. Erasure sets it and its `salt` to null. `hash` covers the
 * envelope and `payloadHash` but not the payload, so the chain still verifies afterwards. `seal` is `keyId:signature`
 * over the previous seal and `hash`.
 */
export interface LogRow {
  /** Event id, `aggregateId:version`. */
  _id: string;
  communityId: string;
  pos: number;
  at: Date;
  type: string;
  requestId: string | null;
  requestNo: string | null;
  serviceCode: string | null;
  actorId: string;
  actorRole: string;
  residentId: string | null;
  handlerId: string | null;
  previousHandlerId: string | null;
  /** The family member who filed the request for the resident; absent when there is none. */
  filerId?: string;
  /** The organization that is asked to co-handle; absent when there is none. */
  organization?: string;
  /** Neighbours who follow the request, in events that are notified to them; absent otherwise. */
  followerIds?: string[];
  /** The aggregate that the event is about; absent in rows that are older than this field. */
  about?: About;
  /** The cadres concerned: the actor, the handler and the previous handler. */
  cadreIds: string[];
  salt: string | null;
  payload: string | null;
  payloadHash: string;
  /**
   * The hash of `stateSalt` and the committed fields of the aggregate after the event; absent when a later event had
   * changed them before this one was relayed, and in rows that are older than this field.
   */
  state?: string;
  /** The salt of `state`; null when it was erased. */
  stateSalt?: string | null;
  /** The hash algorithm of `payloadHash`, `state`, `hash` and `seal`; absent in older rows, where it is SHA-256. */
  algorithm?: string;
  hash: string;
  seal: string;
  /** {@link segmentOf} the position. Keeps rows with a common term close in the index. Derived, so not hashed. */
  segment?: number;
  /** Search terms; written, never read. Derived and erased with the payload, so not hashed. */
  terms?: string[];
}
