import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request-content.ts";
import { durable } from "../../../kernel/aggregate.ts";

type AnyId = mongoose.mongo.ObjectId | string;
type Document = Record<string, unknown> & { _id: AnyId };

/** Sealed values of one document by path. */
export type SealedValues = Readonly<Record<string, Sealed>>;

const valueAt = (document: Document, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], document);

/** Access to the sealed fields of any collection, for key rotation. */
export function createSealedFieldRepository(connection: Connection) {
  const collection = (name: string) => collectionNamed<Document>(connection, name);
  const underKey = (path: string, keyId: string) => ({ [path]: { $regex: `^${keyId}:` } });

  return {
    /** The documents after an id, in order of ids, with their sealed values at these paths. */
    async after(name: string, paths: readonly string[], after: AnyId | null, limit: number) {
      const found = await collection(name)
        .find(after === null ? {} : { _id: { $gt: after } }, {
          projection: Object.fromEntries(paths.map((path) => [path, 1])),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map((document) => {
        const values: Record<string, Sealed> = {};
        for (const path of paths) {
          const value = valueAt(document, path);
          if (typeof value === "string" && value !== "") values[path] = value as Sealed;
        }
        return { id: document._id, values };
      });
    },
    /** Replaces sealed values. False when one of them has changed meanwhile; nothing is written then. */
    async replace(name: string, id: AnyId, before: SealedValues, after: SealedValues): Promise<boolean> {
      const changed = await collection(name).updateOne(
        { _id: id, ...before },
        { $set: { ...after } as Partial<Document> },
        { writeConcern: durable },
      );
      return changed.matchedCount === 1;
    },
    /** How many documents have a value at that path sealed with the key. */
    count: (name: string, path: string, keyId: string): Promise<number> =>
      collection(name).countDocuments(underKey(path, keyId)),
    /** How many export files are sealed with the key. */
    files: (keyId: string): Promise<number> =>
      collection("export_bytes.files").countDocuments({ "metadata.keyId": keyId }),
    /** How many rows of the log and how many signed days need the key for verification. */
    async ofLog(keyId: string): Promise<{ rows: number; days: number }> {
      return {
        rows: await collection("service_log").countDocuments(underKey("seal", keyId)),
        days: await collection("day_anchors").countDocuments({ keyId }),
      };
    },
    /** How many invitations made before a moment are open at `now`. */
    invitations: (madeBefore: Date, now: Date): Promise<number> =>
      collection("invitations").countDocuments({
        state: "open",
        madeAt: { $lt: madeBefore },
        expiresAt: { $gt: now },
      }),
  };
}
