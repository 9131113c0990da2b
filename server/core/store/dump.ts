import { collectionNamed } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";

type Document = mongoose.mongo.Document;

/** The size of an insert batch in documents and bytes, below the limit of one command. */
const BATCH = 500;
const BATCH_BYTES = 8 * 1024 * 1024;

/** The database as collections of raw documents, for backups. It includes collections and fields without a model. */
export function createDump(connection: Connection) {
  const collection = (name: string) => collectionNamed<Document>(connection, name);

  return {
    /** Names of all collections. */
    async names(): Promise<string[]> {
      const found = await connection.listCollections();
      return found.map(({ name }) => name).filter((name) => !name.startsWith("system."));
    },
    /**
     * Every document of a collection as BSON, without order. A document that changes meanwhile is read before or after
     * the change, never partially.
     */
    async *read(name: string, filter: Document = {}): AsyncGenerator<Uint8Array> {
      const cursor = collection(name).find(filter, { raw: true, batchSize: BATCH });
      for await (const bytes of cursor) yield bytes as unknown as Uint8Array;
    },
    /** Inserts documents with their original types and returns their number. */
    async insert(name: string, documents: AsyncIterable<{ document: Document; bytes: number }>): Promise<number> {
      let batch: Document[] = [];
      let size = 0;
      let count = 0;
      const flush = async (): Promise<void> => {
        if (batch.length) await collection(name).insertMany(batch, { ordered: false });
        count += batch.length;
        batch = [];
        size = 0;
      };
      for await (const { document, bytes } of documents) {
        if (batch.length >= BATCH || size + bytes > BATCH_BYTES) await flush();
        batch.push(document);
        size += bytes;
      }
      await flush();
      return count;
    },
    /** How many documents a collection has. */
    count: (name: string): Promise<number> => collection(name).countDocuments({}),
    async drop(name: string): Promise<void> {
      await collection(name).drop();
    },
  };
}
export type Dump = ReturnType<typeof createDump>;
