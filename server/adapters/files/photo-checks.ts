import { collectionOf } from "../../kernel/collection.ts";
import type { Page } from "../../kernel/page.ts";
import type { DomainEvent } from "../../kernel/event.ts";
import mongoose from "mongoose";
import { durable, writeStep } from "../../kernel/aggregate.ts";
import { newestFirst } from "../../kernel/cursor.ts";
import { objectId } from "../../kernel/object-ids.ts";
import type { FileState, FileTarget, Photo, PhotoCheck, PhotoCollection } from "./photo-collection.ts";

/** A picture with what its check needs. */
export interface CheckedPhoto {
  id: string;
  version: number;
  ownerId: string;
  state: FileState;
  target: FileTarget;
  at: Date;
  width: number;
  height: number;
  traceIds: readonly string[];
  communityId: string | null;
  requestId: string | null;
  requestNo: string | null;
}

/** WeChat's verdict on a trace. Null: WeChat could not fetch the picture. */
export type MediaVerdict = "pass" | "review" | "risky" | null;

/** How long WeChat may take to answer before it is asked again, ms. */
const ANSWER_TIMEOUT_MS = 30 * 60_000;
/** How long verdicts are kept, ms. A verdict is read as soon as its trace is known. */
const VERDICT_TIMEOUT_MS = 24 * 3_600_000;
const BATCH = 100;

const verdictSchema = new mongoose.Schema(
  { _id: String, verdict: String, at: { type: Date, required: true } },
  { collection: "photo_verdicts", versionKey: false },
);
verdictSchema.index({ at: 1 });
interface StoredVerdict {
  _id: string;
  verdict: MediaVerdict;
  at: Date;
}

function toDomain(photo: Photo): CheckedPhoto {
  const { _id, version, ownerId, state, target, at, width, height } = photo;
  if (!target) throw new Error("a picture that is checked has been promised to something");
  return {
    ...{ id: _id.toHexString(), version: version ?? 0, ownerId, state, target, at, width, height },
    ...{ traceIds: photo.traceIds ?? [], communityId: photo.communityId ?? null },
    ...{ requestId: photo.requestId ?? null, requestNo: photo.requestNo ?? null },
  };
}

/** The steps of a picture's check. Each is a conditional update, so that only one of two processes takes it. */
export function createPhotoChecks(connection: mongoose.Connection, photos: PhotoCollection) {
  const steps = collectionOf({ collection: photos });
  const verdicts = collectionOf<StoredVerdict>(connection.model("PhotoVerdict", verdictSchema));
  const notAskedSince = (now: Date) => ({
    $or: [{ askedAt: null }, { askedAt: { $lt: new Date(now.getTime() - ANSWER_TIMEOUT_MS) } }],
  });

  async function leaveQuarantine(id: string, set: Partial<Photo>): Promise<void> {
    await photos.updateOne({ _id: objectId(id), state: "quarantined" }, { $set: set }, { writeConcern: durable });
  }

  return {
    /** Ids of pictures in quarantine that WeChat has not been asked about, or not answered in time. */
    async due(now: Date): Promise<string[]> {
      const query = { state: "quarantined" as const, ...notAskedSince(now) };
      const found = await photos
        .find(query, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** Reserves a picture for asking WeChat. Null: another process has it, or it needs no check. */
    async claim(id: string, now: Date): Promise<CheckedPhoto | null> {
      const query = { _id: objectId(id), state: "quarantined" as const, ...notAskedSince(now) };
      const found = await photos.findOneAndUpdate(query, { $set: { askedAt: now } }, { returnDocument: "after" });
      return found ? toDomain(found) : null;
    },
    /** Stores the trace id under which WeChat will answer. */
    async asked(id: string, traceId: string): Promise<void> {
      await photos.updateOne({ _id: objectId(id) }, { $addToSet: { traceIds: traceId } }, { writeConcern: durable });
    },
    /** Clears the reservation after WeChat could not be asked. */
    async notAsked(id: string): Promise<void> {
      await photos.updateOne({ _id: objectId(id), state: "quarantined" }, { $set: { askedAt: null } });
    },
    pass: (id: string, check: PhotoCheck): Promise<void> => leaveQuarantine(id, { state: "attached", check }),
    hold: (id: string): Promise<void> => leaveQuarantine(id, { state: "held" }),
    reject: (id: string): Promise<void> => leaveQuarantine(id, { state: "rejected" }),
    /** Stores a verdict, which may arrive before its trace is known. */
    async noteVerdict(traceId: string, verdict: MediaVerdict, at: Date): Promise<void> {
      await verdicts.updateOne({ _id: traceId }, { $setOnInsert: { verdict, at } }, { upsert: true });
    },
    /** The verdict on a trace; null: none yet. */
    async verdictOn(traceId: string): Promise<{ verdict: MediaVerdict } | null> {
      return verdicts.findOne({ _id: traceId }, { projection: { verdict: 1 } });
    },
    async byTrace(traceId: string): Promise<CheckedPhoto | null> {
      const found = await photos.findOne({ traceIds: traceId });
      return found ? toDomain(found) : null;
    },
    async find(id: string): Promise<CheckedPhoto | null> {
      const found = await photos.findOne({ _id: objectId(id), target: { $ne: null } });
      return found ? toDomain(found) : null;
    },
    /** Ids of held or rejected pictures without an event. */
    async unrecorded(): Promise<string[]> {
      const query = { state: { $in: ["held", "rejected"] as FileState[] }, version: { $in: [0, null] as number[] } };
      const found = await photos
        .find(query, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** Saves a decided step with its event. False: the version has changed. */
    async saveStep(id: string, set: Partial<Photo>, event: DomainEvent): Promise<boolean> {
      return (await writeStep(steps, objectId(id), set, event, null)) !== null;
    },
    /** Ids of requests with pictures that a committee must decide on. */
    async requestsWaiting(): Promise<string[]> {
      const ids: unknown[] = await photos.distinct("requestId", { state: "held" });
      return ids.filter((id) => typeof id === "string");
    },
    /**
     * Pictures that a committee must decide on, in these requests and on the name cards of these communities, newest
     * first.
     */
    async held(
      { requestIds, communityIds }: { requestIds: readonly string[]; communityIds: readonly string[] },
      limit: number,
      cursor?: string,
    ): Promise<Page<CheckedPhoto>> {
      const card = { requestId: null, communityId: { $in: [...communityIds] } };
      const query = { state: "held", $and: [{ $or: [{ requestId: { $in: [...requestIds] } }, card] }] };
      const page = await newestFirst(photos, query, "at", { limit, cursor });
      return { ...page, items: page.items.map(toDomain) };
    },
    /** Deletes verdicts older than a day. */
    async forget(now: Date): Promise<void> {
      await verdicts.deleteMany({ at: { $lt: new Date(now.getTime() - VERDICT_TIMEOUT_MS) } });
    },
  };
}
export type PhotoChecks = ReturnType<typeof createPhotoChecks>;
