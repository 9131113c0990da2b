import mongoose from "mongoose";
import type { Connection } from "mongoose";
import type { Random } from "../../server/demo/random.ts";
import { canonicalJson } from "../../server/kernel/canonical-json.ts";

type Document = mongoose.mongo.Document;
type Collection = mongoose.mongo.Collection<Document>;

export const kinds = ["change", "empty", "delete", "insert", "reorder", "roll back"] as const;
export type Kind = (typeof kinds)[number];

/** A change that somebody with access to the database makes. */
export interface Tampering {
  collection: string;
  kind: Kind;
  /** The document, and the field if one was changed. */
  id: string;
  path: string | null;
  undo(): Promise<void>;
}

/** Earlier states of documents, by collection and id. */
export type Earlier = ReadonlyMap<string, Document>;

export const keyOf = (collection: string, id: unknown): string => `${collection} ${String(id)}`;

/** The paths of all values in a document, without its id. Elements of arrays have their index. */
function pathsOf(value: unknown, prefix = ""): string[] {
  if (value === null || typeof value !== "object" || value instanceof Date || "_bsontype" in value) return [prefix];
  const inner = Object.entries(value).filter(([name]) => prefix !== "" || name !== "_id");
  const nested = inner.flatMap(([name, each]) => pathsOf(each, prefix ? `${prefix}.${name}` : name));
  return prefix ? [prefix, ...nested] : nested;
}

const valueAt = (document: Document, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Document | null | undefined)?.[key], document);

/** Another value of the same type. */
function otherThan(value: unknown, random: Random): unknown {
  if (typeof value === "string") return value.startsWith("x") ? `y${value}` : `x${value}`;
  if (typeof value === "number") return value + random.whole(1, 3);
  if (typeof value === "boolean") return !value;
  if (value instanceof Date) return new Date(value.getTime() + random.whole(1, 100_000));
  if (Array.isArray(value)) return value.length ? value.slice(1) : ["x"];
  if (value === null || value === undefined) return "x";
  return value instanceof mongoose.mongo.ObjectId ? new mongoose.mongo.ObjectId() : { ...value, x: 1 };
}

const emptied = (value: unknown): unknown => (Array.isArray(value) ? [] : typeof value === "string" ? "" : null);

async function anyOf(collection: Collection, random: Random, count: number): Promise<Document | null> {
  return (
    (
      await collection
        .find({})
        .sort({ _id: 1 })
        .skip(random.whole(0, count - 1))
        .limit(1)
        .toArray()
    )[0] ?? null
  );
}

/** Replaces a document, and returns what puts the former one back. */
async function replace(collection: Collection, before: Document, after: Document): Promise<() => Promise<void>> {
  await collection.replaceOne({ _id: before["_id"] as never }, after);
  return async () => void (await collection.replaceOne({ _id: before["_id"] as never }, before));
}

/**
 * Tampers with a random document of a collection in a random way. Null: this way is not possible there (nothing to
 * change, a unique index, no earlier state).
 */
export async function tamper(
  connection: Connection,
  name: string,
  kind: Kind,
  random: Random,
  earlier: Earlier,
): Promise<Tampering | null> {
  const collection = connection.collection(name) as unknown as Collection;
  const count = await collection.countDocuments({});
  const document = count ? await anyOf(collection, random, count) : null;
  if (!document) return null;
  const made = (path: string | null, undo: () => Promise<void>): Tampering => ({
    ...{ collection: name, kind, id: String(document["_id"]), path, undo },
  });
  const set = async (path: string, value: unknown): Promise<Tampering | null> => {
    if (canonicalJson(value) === canonicalJson(valueAt(document, path))) return null;
    try {
      await collection.updateOne({ _id: document["_id"] as never }, { $set: { [path]: value } });
    } catch {
      return null;
    }
    return made(path, async () => void (await collection.replaceOne({ _id: document["_id"] as never }, document)));
  };

  const paths = pathsOf(document);
  if (!paths.length) return null;
  switch (kind) {
    case "change": {
      const path = random.pick(paths);
      return set(path, otherThan(valueAt(document, path), random));
    }
    case "empty": {
      const path = random.pick(paths);
      return set(path, emptied(valueAt(document, path)));
    }
    case "delete":
      await collection.deleteOne({ _id: document["_id"] as never });
      return made(null, async () => void (await collection.insertOne(document)));
    case "insert": {
      const ofId: unknown = document["_id"];
      const copyId = ofId instanceof mongoose.mongo.ObjectId ? new mongoose.mongo.ObjectId() : `${String(ofId)}x`;
      try {
        await collection.insertOne({ ...document, _id: copyId as never });
      } catch {
        return null;
      }
      return made(null, async () => void (await collection.deleteOne({ _id: copyId as never })));
    }
    case "reorder": {
      const other = await anyOf(collection, random, count);
      const path = random.pick(paths.filter((each) => !each.includes(".")));
      if (!other || String(other["_id"]) === String(document["_id"])) return null;
      const [one, two] = [valueAt(document, path), valueAt(other, path)];
      if (canonicalJson(one ?? null) === canonicalJson(two ?? null)) return null;
      try {
        const undo = await replace(collection, document, { ...document, [path]: two });
        const undoOther = await replace(collection, other, { ...other, [path]: one });
        return made(path, async () => {
          await undo();
          await undoOther();
        });
      } catch {
        await collection.replaceOne({ _id: document["_id"] as never }, document);
        return null;
      }
    }
    case "roll back": {
      const before = earlier.get(keyOf(name, document["_id"]));
      if (!before || canonicalJson(before) === canonicalJson(document)) return null;
      return made(null, await replace(collection, document, before));
    }
  }
}
