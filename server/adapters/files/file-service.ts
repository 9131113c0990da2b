import { once } from "node:events";
import type { Readable } from "node:stream";
import mongoose from "mongoose";
import { refuse } from "../../kernel/errors.ts";
import type { Keys } from "../keys/keys.ts";
import { durable, newAggregate } from "../../kernel/aggregate.ts";
import { objectId } from "../../kernel/object-ids.ts";
import { type PhotoChecks, createPhotoChecks } from "./photo-checks.ts";
import { type FileState, type FileTarget, type Photo, photoCollection } from "./photo-collection.ts";
import { reencode } from "./photo.ts";
import { type UrlSignature, createUrlSigner } from "./signed-url.ts";

export interface StoredPhoto {
  id: string;
  state: FileState;
  width: number;
  height: number;
  bytes: number;
}

/** A picture as something that shows it needs it. */
export type DescribedPhoto = Omit<StoredPhoto, "bytes"> & { ownerId: string };

/** A picture as its owner has it listed. */
export interface OwnPhoto extends StoredPhoto {
  at: Date;
  target: FileTarget | null;
}

/** Photos: staged by their owner, attached once, served by signed address, swept when nothing shows them. */
export interface FileService {
  /** Takes in a picture, made anew. Throws `file.not_an_image`. */
  stage(ownerId: string, bytes: Buffer, now: Date): Promise<StoredPhoto>;
  /**
   * Attaches pictures of these owners; repeating it for the same target is fine. Throws `file.unknown`,
   * `file.not_yours`.
   */
  attach(fileIds: readonly string[], ownerIds: readonly string[], target: FileTarget, now: Date): Promise<void>;
  /** A signed path, good for ten minutes unless told otherwise. */
  url(id: string, now: Date, seconds?: number): string;
  /** The bytes behind a signed path. Throws `file.link_expired`, `file.gone`. */
  open(id: string, signature: UrlSignature, now: Date): Promise<{ body: Readable; type: string; bytes: number }>;
  /** Sizes in px, owner and state of those that are there. */
  describe(ids: readonly string[]): Promise<DescribedPhoto[]>;
  /** Everything that these owners uploaded and that is there, newest first. */
  ofOwners(ownerIds: readonly string[]): Promise<OwnPhoto[]>;
  /** The way of a picture in quarantine. */
  checks: PhotoChecks;
  /**
   * Gives up the pictures of these owners, and all that these requests, messages and sub-tasks show: the sweep
   * deletes them.
   */
  forget(ownerIds: readonly string[], shownBy: Partial<Record<FileTarget["kind"], readonly string[]>>): Promise<void>;
  /**
   * Deletes pictures staged over a day ago, and those attached over an hour ago to something that does not show them.
   */
  sweep(now: Date, isShown: (file: FileTarget & { fileId: string }) => Promise<boolean>): Promise<void>;
}

const STAGED_MS = 24 * 3_600_000;
/** A request is written seconds after its photos are attached; in an hour it is there or never will be. */
const ATTACHED_MS = 3_600_000;

/** States in which there is something to see, for whoever was given the address. */
const visible: readonly FileState[] = ["staged", "quarantined", "held", "attached"];
/** A picture that was rejected is kept for so long, should its owner object. */
const REJECTED_MS = 7 * 24 * 3_600_000;

/**
 * Photos in GridFS, with a document beside each. What is attached is in quarantine until a check lets it pass.
 */
export function createFileService({ connection, keys }: { connection: mongoose.Connection; keys: Keys }): FileService {
  const photos = photoCollection(connection);
  const { db } = connection;
  if (!db) throw new Error("the connection is not open");
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: "photo_bytes", writeConcern: durable });
  const signer = createUrlSigner(keys);

  async function removeBytes(id: mongoose.mongo.ObjectId): Promise<void> {
    await bucket.delete(id).catch((error: unknown) => {
      // A crash came between the two deletions.
      if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
    });
  }

  async function remove(id: mongoose.mongo.ObjectId): Promise<void> {
    await removeBytes(id);
    // What it has to say goes to the log first.
    await photos.deleteOne({ _id: id, state: "deleting", outboxLanes: { $exists: false } });
  }

  return {
    async stage(ownerId, bytes, now) {
      const photo = await reencode(bytes);
      const { width, height } = photo;
      const _id = new mongoose.mongo.ObjectId();
      const stored: Photo = {
        ...newAggregate(null, null),
        _id,
        ownerId,
        state: "staged",
        target: null,
        width,
        height,
        bytes: photo.bytes.length,
        at: now,
      };
      // The document first: bytes without one would never be found by the sweep.
      await photos.insertOne(stored, { writeConcern: durable });
      const upload = bucket.openUploadStreamWithId(_id, `${_id.toHexString()}.jpg`);
      upload.end(photo.bytes);
      await once(upload, "finish");
      return { id: _id.toHexString(), state: stored.state, width, height, bytes: stored.bytes };
    },

    async attach(fileIds, ownerIds, target, now) {
      const _ids = [...new Set(fileIds)].map(objectId);
      const found = await photos.find({ _id: { $in: _ids }, state: { $ne: "deleting" } }).toArray();
      if (found.length < _ids.length) refuse("file.unknown");
      const promised = (file: Photo): boolean => file.target?.kind === target.kind && file.target.id === target.id;
      if (found.some((file) => !ownerIds.includes(file.ownerId))) refuse("file.not_yours");
      const fresh = { _id: { $in: _ids }, state: "staged" as const };
      await photos.updateMany(fresh, { $set: { state: "quarantined", target, at: now } }, { writeConcern: durable });
      const ours = await photos
        .find({ _id: { $in: _ids }, "target.kind": target.kind, "target.id": target.id })
        .toArray();
      // Shown elsewhere already, or swept at this moment.
      if (ours.length < _ids.length || !ours.every(promised)) refuse("file.unknown");
    },

    url: signer.url,
    checks: createPhotoChecks(connection, photos),

    async open(id, signature, now) {
      signer.check(id, signature, now);
      const file = await photos.findOne({ _id: objectId(id) });
      if (!file || !visible.includes(file.state)) refuse("file.gone");
      return { body: bucket.openDownloadStream(file._id), type: "image/jpeg", bytes: file.bytes };
    },

    async describe(ids) {
      const found = await photos.find({ _id: { $in: ids.map(objectId) }, state: { $ne: "deleting" } }).toArray();
      return found.map(({ _id, width, height, ownerId, state }) => ({
        id: _id.toHexString(),
        width,
        height,
        ownerId,
        state,
      }));
    },

    async ofOwners(ownerIds) {
      const query = { ownerId: { $in: [...ownerIds] }, state: { $ne: "deleting" as const } };
      const found = await photos.find(query).sort({ at: -1 }).toArray();
      return found.map(({ _id, state, width, height, bytes, at, target }) => ({
        ...{ id: _id.toHexString(), state, width, height, bytes, at, target },
      }));
    },

    async forget(ownerIds, shownBy) {
      const shown = Object.entries(shownBy).map(([kind, ids]) => ({
        "target.kind": kind as FileTarget["kind"],
        "target.id": { $in: [...ids] },
      }));
      const query = { $or: [{ ownerId: { $in: [...ownerIds] } }, ...shown] };
      await photos.updateMany(query, { $set: { state: "deleting" } }, { writeConcern: durable });
    },

    async sweep(now, isShown) {
      const before = (ms: number): Date => new Date(now.getTime() - ms);
      await photos.updateMany({ state: "staged", at: { $lt: before(STAGED_MS) } }, { $set: { state: "deleting" } });
      const promised = {
        state: { $in: ["quarantined", "held", "attached", "rejected"] as FileState[] },
        at: { $lt: before(ATTACHED_MS) },
        seen: { $ne: true as const },
      };
      for await (const { _id, target } of photos.find(promised)) {
        const shown = target !== null && (await isShown({ ...target, fileId: _id.toHexString() }));
        await photos.updateOne({ _id }, { $set: shown ? { seen: true } : { state: "deleting" } });
      }
      for await (const { _id } of photos.find({ state: "deleting" })) await remove(_id);
      const rejected = { state: "rejected" as const, at: { $lt: before(REJECTED_MS) }, bytes: { $gt: 0 } };
      for await (const { _id } of photos.find(rejected)) {
        await removeBytes(_id);
        await photos.updateOne({ _id }, { $set: { bytes: 0 } });
      }
    },
  };
}
