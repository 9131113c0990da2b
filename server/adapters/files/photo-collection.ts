import { collectionOf } from "../../kernel/collection.ts";
import mongoose from "mongoose";
import { type Aggregate, aggregateFields, outboxIndex } from "../../kernel/aggregate.ts";

/**
 * `staged`: uploaded, visible to its owner; `quarantined`: attached, and WeChat is checking it; `held`: the committee
 * must decide; `attached`: the target shows it; `rejected`: not to be shown; `deleting`: the sweep will delete it.
 */
export type FileState = "staged" | "quarantined" | "held" | "attached" | "rejected" | "deleting";

/** The document that shows a picture. */
export interface FileTarget {
  /** `request`, `message`, `user` (a name card), or a kind that a module declares. */
  kind: string;
  id: string;
}

/**
 * The result of the check: WeChat or the committee passed it, or it could not be checked because its owner has no
 * WeChat account.
 */
export type PhotoCheck = "passed" | "unchecked";

/**
 * A stored picture without its bytes. It emits an event when it is held, when it is rejected, and when the committee
 * decides.
 */
export interface Photo extends Aggregate {
  ownerId: string;
  state: FileState;
  target: FileTarget | null;
  width: number;
  height: number;
  /** The size in bytes; 0: the bytes were deleted. */
  bytes: number;
  /** When it was staged; once it is attached, when it was attached. */
  at: Date;
  /** The sweep has found it in its target and skips it from now on. */
  referenceConfirmed?: true;
  check?: PhotoCheck;
  /** When WeChat was last asked. */
  askedAt?: Date | null;
  traceIds?: string[];
  /**
   * The community and request of its target, set by its first event. The community stays that of the last event, even
   * when the request is transferred.
   */
  communityId?: string;
  requestId?: string | null;
  requestNo?: string | null;
}

const schema = new mongoose.Schema(
  {
    ...aggregateFields,
    ownerId: { type: String, required: true },
    state: { type: String, required: true },
    target: mongoose.Schema.Types.Mixed,
    width: Number,
    height: Number,
    bytes: Number,
    at: { type: Date, required: true },
    referenceConfirmed: Boolean,
    check: String,
    askedAt: Date,
    traceIds: { type: [String], default: undefined },
    communityId: String,
    requestId: String,
    requestNo: String,
  },
  { collection: "photos", versionKey: false },
);
schema.index({ state: 1, at: 1 });
schema.index({ ownerId: 1 });
schema.index({ "target.id": 1 });
schema.index({ traceIds: 1 }, { sparse: true });
schema.index({ communityId: 1, state: 1, at: -1 });
schema.index(...outboxIndex);

export type PhotoCollection = mongoose.mongo.Collection<Photo>;

/** The collection of the pictures' documents. */
export const photoCollection = (connection: mongoose.Connection): PhotoCollection =>
  collectionOf<Photo>(connection.model("Photo", schema));
