import { collectionOf } from "../../kernel/collection.ts";
import mongoose from "mongoose";
import { type Aggregate, aggregateFields, outboxIndex } from "../../kernel/aggregate.ts";

/**
 * `staged`: uploaded, its owner's only; `quarantined`: promised to what will show it, and WeChat is looking at it;
 * `held`: the committee is to look at it; `attached`: shown there; `rejected`: not fit to be shown; `deleting`: on
 * its way out.
 */
export type FileState = "staged" | "quarantined" | "held" | "attached" | "rejected" | "deleting";

/** What shows a picture: a request, a message, a sub-task, or a person's name card. */
export interface FileTarget {
  kind: "request" | "message" | "task" | "user";
  id: string;
}

/**
 * How a picture came to be shown: WeChat or the committee passed it, or nobody could look at it (its owner is not in
 * WeChat).
 */
export type PhotoCheck = "passed" | "unchecked";

/**
 * A picture as it is stored, beside its bytes. It leaves events when it is held, rejected or decided by the
 * committee.
 */
export interface Photo extends Aggregate {
  ownerId: string;
  state: FileState;
  target: FileTarget | null;
  width: number;
  height: number;
  /** 0: the bytes are gone. */
  bytes: number;
  /** When it was staged, then when it was promised. */
  at: Date;
  /** The sweep has seen it shown. */
  seen?: true;
  check?: PhotoCheck;
  /** When WeChat was asked last. */
  askedAt?: Date | null;
  traceIds?: string[];
  /**
   * Of what shows it, known from the first event on; the community is that of the last event, where a request may
   * have left it.
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
    seen: Boolean,
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

/** The pictures' documents. */
export const photoCollection = (connection: mongoose.Connection): PhotoCollection =>
  collectionOf<Photo>(connection.model("Photo", schema));
