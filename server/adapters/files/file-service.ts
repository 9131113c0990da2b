import { once } from "node:events";
import type { Readable } from "node:stream";
import mongoose from "mongoose";
import { refuse } from "../../kernel/errors.ts";
import type { Keys } from "../keys/keys.ts";
import { durable, newAggregate } from "../../kernel/aggregate.ts";
import { objectId } from "../../kernel/object-ids.ts";
import type { Pictures } from "../pictures/pictures.ts";
import { type PhotoChecks, createPhotoChecks } from "./photo-checks.ts";
import { type FileState, type FileTarget, type Photo, photoCollection } from "./photo-collection.ts";
import { type UrlSignature, createUrlSigner } from "./signed-url.ts";

export interface StoredPhoto {
  id: string;
  state: FileState;
  width: number;
  height: number;
  bytes: number;
}

/** The data of a picture that replies need. */
export type DescribedPhoto = Omit<StoredPhoto, "bytes"> & { ownerId: string };

/** A picture in the list of its owner. */
export interface OwnPhoto extends StoredPhoto {
  at: Date;
  target: FileTarget | null;
}

/**
 * Stores photos. A photo is staged by its owner, attached once, served by signed address, and deleted by the sweep when
 * no document shows it.
 */
export interface FileService {
  /** Re-encodes and stores a picture. Throws what {@link Pictures} throws. */
  stage(ownerId: string, bytes: Buffer, now: Date): Promise<StoredPhoto>;
  /**
   * Attaches pictures of these owners to a target. May be repeated for the same target. Throws `file.unknown`,
   * `file.not_yours`.
   */
  attach(fileIds: readonly string[], ownerIds: readonly string[], target: FileTarget, now: Date): Promise<void>;
  /** A signed path, valid for ten minutes by default. */
  url(id: string, now: Date, seconds?: number): string;
  /** The bytes of a signed path. Throws `file.link_expired`, `file.gone`. */
  open(id: string, signature: UrlSignature, now: Date): Promise<{ body: Readable; type: string; bytes: number }>;
  /** Size in px, owner and state of those pictures that exist. */
  describe(ids: readonly string[]): Promise<DescribedPhoto[]>;
  /** All existing pictures of these owners, newest first. */
  ofOwners(ownerIds: readonly string[]): Promise<OwnPhoto[]>;
  /** The content check of pictures in quarantine. */
  checks: PhotoChecks;
  /**
   * Marks the pictures of these owners, and those shown by these documents (ids by kind of target), for deletion by the
   * sweep.
   */
  forget(ownerIds: readonly string[], shownBy: Readonly<Record<string, readonly string[]>>): Promise<void>;
  /**
   * Deletes pictures that were staged more than a day ago, and those that were attached more than an hour ago but are
   * not shown by their target.
   */
  sweep(now: Date, isShown: (file: FileTarget & { fileId: string }) => Promise<boolean>): Promise<void>;
}

const STAGED_MS = 24 * 3_600_000;
/** A request is written seconds after its photos are attached. If it does not exist after an hour, it never will. */
const ATTACHED_MS = 3_600_000;

/** States in which the signed address serves the picture. */
const visible: readonly FileState[] = ["staged", "quarantined", "held", "attached"];
/** How long a rejected picture is kept, in case its owner objects. */
const REJECTED_MS = 7 * 24 * 3_600_000;

/** Stores photos in GridFS, with one document each. An attached photo stays in quarantine until its check passes. */
export function createFileService({
  connection,
  keys,
  pictures,
}: {
  connection: mongoose.Connection;
  keys: Keys;
  pictures: Pictures;
}): FileService {
  const photos = photoCollection(connection);
  const { db } = connection;
  if (!db) throw new Error("the connection is not open");
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: "photo_bytes", writeConcern: durable });
  const signer = createUrlSigner(keys);

  async function removeBytes(id: mongoose.mongo.ObjectId): Promise<void> {
    await bucket.delete(id).catch((error: unknown) => {
      // The bytes are gone already: an earlier removal was interrupted before the document was deleted.
      if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
    });
  }

  async function remove(id: mongoose.mongo.ObjectId): Promise<void> {
    await removeBytes(id);
    // A document whose events are not relayed yet is kept.
    await photos.deleteOne({ _id: id, state: "deleting", outboxPartitions: { $exists: false } });
  }

  return {
    async stage(ownerId, bytes, now) {
      const photo = await pictures.reencode(bytes);
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
      // The document is written first, since the sweep would not find bytes without a document.
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
      // A picture is attached to another target, or was swept in the meantime.
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
        "target.kind": kind,
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
        referenceConfirmed: { $ne: true as const },
      };
      for await (const { _id, target } of photos.find(promised)) {
        const shown = target !== null && (await isShown({ ...target, fileId: _id.toHexString() }));
        await photos.updateOne({ _id }, { $set: shown ? { referenceConfirmed: true } : { state: "deleting" } });
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
