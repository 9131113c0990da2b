import { Binary, deserialize } from "bson";
import { MongoClient } from "mongodb";
import { dataRegister } from "../../server/modules/index.ts";
import { type Protection, protections } from "../../server/kernel/personal-data.ts";

/** A document as in a dump of the database: its raw bytes and its decoded value. */
export interface Dumped {
  collection: string;
  bytes: Buffer;
  document: Record<string, unknown>;
}

/** Every document of every collection, raw. */
export async function rawDump({ uri, name }: { uri: string; name: string }): Promise<Dumped[]> {
  const client = await MongoClient.connect(uri);
  try {
    const db = client.db(name);
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    const dumped: Dumped[] = [];
    for (const { name: collection } of collections.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      for await (const raw of db.collection(collection).find({}, { raw: true })) {
        const bytes = raw as unknown as Buffer;
        dumped.push({ collection, bytes, document: deserialize(bytes) });
      }
    }
    return dumped;
  } finally {
    await client.close();
  }
}

/** Yields the paths and values of a document's leaves. Indexes of arrays are left out: `memberships.title`. */
export function* leaves(value: unknown, path = ""): Generator<[path: string, value: unknown]> {
  if (Array.isArray(value)) {
    for (const each of value) yield* leaves(each, path);
  } else if (isPlain(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, path ? `${path}.${key}` : key);
  } else {
    yield [path, value];
  }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !(value instanceof Date) && !("_bsontype" in value);

/** How `personal-data.ts` classifies a path. `none`: no personal data. Null: the path is not listed. */
export function standing(path: string): Protection | "none" | null {
  const found = listed.filter(({ pattern }) => pattern.test(path));
  return found.toSorted((a, b) => b.length - a.length)[0]?.stands ?? null;
}

/** Every listed path with its classification. */
export const listed = [
  ...dataRegister.personal.flatMap(({ at }) =>
    protections.flatMap((stands) => (at[stands] ?? []).map((path) => ({ path, stands }))),
  ),
  ...dataRegister.impersonal.map((path) => ({ path, stands: "none" as const })),
].map(({ path, stands }) => {
  const [collection = "", ...rest] = path.split(/(?<=^\*)\./);
  const exact = [collection === "*" ? "[^.]+" : collection.replaceAll(".", "\\."), ...rest].join("\\.");
  return { path, stands, length: path.length, pattern: new RegExp(`^${exact}(\\.|$)`) };
});

/** A value as text, including bytes. */
export const textOf = (value: unknown): string =>
  value instanceof Binary ? Buffer.from(value.buffer).toString("latin1") : String(value);
