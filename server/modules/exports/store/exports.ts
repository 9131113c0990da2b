import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { ExportJob } from "../domain/export.ts";
import { durable } from "../../../kernel/aggregate.ts";
import {
  type ExpiringRepository,
  aggregateCollection,
  aggregateRepository,
} from "../../../kernel/aggregate-repository.ts";
import { objectId } from "../../../kernel/object-ids.ts";

export type ExportRepository = ReturnType<typeof createExportRepository>;

/** Stores exports and their files (GridFS). Progress and file leave no event and are written without a new version. */
export function createExportRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "Export", "exports", [
    { userId: 1, askedAt: -1 },
    { state: 1, askedAt: 1 },
  ]);
  const repository: ExpiringRepository<ExportJob> = aggregateRepository<ExportJob>(collection);
  const { db } = connection;
  if (!db) throw new Error("the connection is not open");
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: "export_bytes", writeConcern: durable });
  const shown = { projection: { idempotency: 0, outbox: 0, outboxPartitions: 0 } };
  const toDomain = ({ _id, ...rest }: mongoose.mongo.Document): ExportJob =>
    ({ id: (_id as mongoose.mongo.ObjectId).toHexString(), ...rest }) as ExportJob;

  return {
    ...repository,
    /** The exports of these users, newest first. */
    async ofUsers(userIds: readonly string[], limit: number): Promise<ExportJob[]> {
      const found = collection.find({ userId: { $in: [...userIds] } }, shown);
      return (await found.sort({ askedAt: -1 }).limit(limit).toArray()).map(toDomain);
    },
    /** Takes the export that waits longest, or one whose lease ended before `now`. Null: there is none. */
    async take(holder: string, now: Date, until: Date): Promise<ExportJob | null> {
      const taken = await collection.findOneAndUpdate(
        { $or: [{ state: "queued" }, { state: "running", "lease.until": { $lt: now } }] },
        { $set: { state: "running", rows: 0, lease: { holder, until } } },
        { sort: { askedAt: 1 }, returnDocument: "after", projection: shown.projection },
      );
      return taken && toDomain(taken);
    },
    /**
     * Stores the progress and renews the lease. False: the export was canceled, or another writer has taken it over.
     */
    async progress(id: string, holder: string, rows: number, until: Date): Promise<boolean> {
      const ours = { _id: objectId(id), state: "running", "lease.holder": holder };
      const { matchedCount } = await collection.updateOne(ours, { $set: { rows, lease: { holder, until } } });
      return matchedCount === 1;
    },
    /** Stores the end of `holder`'s work. False: the export was canceled, or another writer has taken it over. */
    async finish(
      id: string,
      holder: string,
      end: Pick<ExportJob, "state" | "rows" | "bytes" | "finishedAt">,
    ): Promise<boolean> {
      const ours = { _id: objectId(id), state: "running", "lease.holder": holder };
      const { matchedCount } = await collection.updateOne(ours, { $set: end }, { writeConcern: durable });
      return matchedCount === 1;
    },
    async cancel(id: string, now: Date): Promise<void> {
      const open = { _id: objectId(id), state: { $in: ["queued", "running"] } };
      await collection.updateOne(open, { $set: { state: "canceled", finishedAt: now, lease: null } });
    },
    /** Ids of exports that were finished before `before`. */
    async outdated(before: Date): Promise<string[]> {
      const found = collection.find({ state: "done", finishedAt: { $lt: before } }, { projection: { _id: 1 } });
      return (await found.toArray()).map(({ _id }) => _id.toHexString());
    },
    async expire(id: string): Promise<void> {
      await collection.updateOne({ _id: objectId(id), state: "done" }, { $set: { state: "expired" } });
    },
    /**
     * Stores the file of `holder`, encrypted by `stream` with the key `keyId`. Files of other writers stay, since a
     * writer that resumes late does not know that it was replaced. Returns the stored size in bytes.
     */
    async writeFile(
      id: string,
      holder: string,
      body: Readable,
      { keyId, stream }: { keyId: string; stream: Transform },
    ): Promise<number> {
      await this.removeFile(id, holder);
      const upload = bucket.openUploadStream(id, { metadata: { keyId, holder } });
      await pipeline(body, stream, upload);
      return upload.length;
    },
    /** The stored file of the writer that finished the export, and the id of its key; null when there is none. */
    async openFile({ id, lease }: Pick<ExportJob, "id" | "lease">): Promise<{ body: Readable; keyId: string } | null> {
      const query = { filename: id, "metadata.holder": lease?.holder ?? null };
      const [file] = await bucket.find(query).toArray();
      return file ? { body: bucket.openDownloadStream(file._id), keyId: String(file.metadata?.["keyId"]) } : null;
    },
    /** Deletes incomplete files of writers that began before `before` and were killed or canceled. */
    async removeBroken(before: Date): Promise<void> {
      const chunks = db.collection("export_bytes.chunks");
      const begun: unknown[] = await chunks.distinct("files_id", {
        files_id: { $lt: mongoose.mongo.ObjectId.createFromTime(before.getTime() / 1_000) },
      });
      const ids = begun.filter((id) => id instanceof mongoose.mongo.ObjectId);
      const whole = await bucket.find({ _id: { $in: ids } }).toArray();
      const broken = ids.filter((id) => !whole.some(({ _id }) => _id.equals(id)));
      if (broken.length) await chunks.deleteMany({ files_id: { $in: broken } });
    },
    /** Deletes the files of an export: those of one writer, or all. */
    async removeFile(id: string, holder?: string): Promise<void> {
      const query = { filename: id, ...(holder === undefined ? {} : { "metadata.holder": holder }) };
      for await (const { _id } of bucket.find(query)) await bucket.delete(_id);
    },
  };
}
