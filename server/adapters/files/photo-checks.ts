import { collectionOf } from "../../kernel/collection.ts";
import type { Page } from "../../kernel/page.ts";
import type { DomainEvent } from "../../kernel/event.ts";
import mongoose from "mongoose";
import { durable, writeStep } from "../../kernel/aggregate.ts";
import { newestFirst } from "../../kernel/cursor.ts";
import { objectId } from "../../kernel/object-ids.ts";
import type { FileState, FileTarget, Photo, PhotoCheck, PhotoCollection } from "./photo-collection.ts";

/** A picture that is being looked at. */
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

/** What WeChat said about a trace. Null: it could not fetch the picture. */
export type MediaVerdict = "pass" | "review" | "risky" | null;

/** WeChat answers within so long; after that it is asked again, ms. */
const ANSWER_TIMEOUT_MS = 30 * 60_000;
/** A verdict is looked for as soon as its trace is known; after this nobody asks for it any more, ms. */
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

/** The way of a picture through its check: each step is conditional, so that of two processes one takes it. */
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
    /** Pictures in quarantine that WeChat is to be asked about, or asked again. */
    async due(now: Date): Promise<string[]> {
      const query = { state: "quarantined" as const, ...notAskedSince(now) };
      const found = await photos
        .find(query, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** Takes it upon oneself to ask. Null: another has, or there is nothing to ask. */
    async claim(id: string, now: Date): Promise<CheckedPhoto | null> {
      const query = { _id: objectId(id), state: "quarantined" as const, ...notAskedSince(now) };
      const found = await photos.findOneAndUpdate(query, { $set: { askedAt: now } }, { returnDocument: "after" });
      return found ? toDomain(found) : null;
    },
    /** WeChat took it and will answer under that trace. */
    async asked(id: string, traceId: string): Promise<void> {
      await photos.updateOne({ _id: objectId(id) }, { $addToSet: { traceIds: traceId } }, { writeConcern: durable });
    },
    /** WeChat could not be asked: soon again. */
    async notAsked(id: string): Promise<void> {
      await photos.updateOne({ _id: objectId(id), state: "quarantined" }, { $set: { askedAt: null } });
    },
    pass: (id: string, check: PhotoCheck): Promise<void> => leaveQuarantine(id, { state: "attached", check }),
    hold: (id: string): Promise<void> => leaveQuarantine(id, { state: "held" }),
    reject: (id: string): Promise<void> => leaveQuarantine(id, { state: "rejected" }),
    /** Keeps a verdict; it may come before its trace is known. */
    async noteVerdict(traceId: string, verdict: MediaVerdict, at: Date): Promise<void> {
      await verdicts.updateOne({ _id: traceId }, { $setOnInsert: { verdict, at } }, { upsert: true });
    },
    /** The verdict on a trace, if it is there. */
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
    /** Held or rejected, and the log does not know it yet. */
    async unrecorded(): Promise<string[]> {
      const query = { state: { $in: ["held", "rejected"] as FileState[] }, version: { $in: [0, null] as number[] } };
      const found = await photos
        .find(query, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** Saves a decided step with its event. False: the version has moved. */
    async saveStep(id: string, set: Partial<Photo>, event: DomainEvent): Promise<boolean> {
      return (await writeStep(steps, objectId(id), set, event, null)) !== null;
    },
    /** Ids of the requests with pictures that wait for a committee. */
    async requestsWaiting(): Promise<string[]> {
      const ids: unknown[] = await photos.distinct("requestId", { state: "held" });
      return ids.filter((id) => typeof id === "string");
    },
    /** What waits for a committee in these requests and on the name cards of these communities, newest first. */
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
    /** Deletes verdicts that nobody can ask about any more. */
    async forget(now: Date): Promise<void> {
      await verdicts.deleteMany({ at: { $lt: new Date(now.getTime() - VERDICT_TIMEOUT_MS) } });
    },
  };
}
export type PhotoChecks = ReturnType<typeof createPhotoChecks>;
