/**
 * Duplicate key errors in the form that drivers expect: `E11000 ...`, with the index's `keyPattern` and the `keyValue`.
 */
import type { Document } from "bson";
import { CommandError } from "./errors.ts";
import type { PgError } from "./pg-client.ts";
import type { Pool } from "./pg-pool.ts";
import { decode } from "./wire.ts";

const BY_NAME = `SELECT (i.index_spec).index_name, (i.index_spec).index_key
  FROM documentdb_api_catalog.collection_indexes i JOIN documentdb_api_catalog.collections c USING (collection_id)
  WHERE c.database_name = $1::text AND c.collection_name = $2::text AND (i.index_spec).index_name = $3::text`;
const BY_ID = `SELECT (index_spec).index_name, (index_spec).index_key
  FROM documentdb_api_catalog.collection_indexes WHERE index_id = ($1::text)::int`;

interface Index {
  name: string;
  key: Document;
}

async function lookUp(pool: Pool, sql: string, params: string[]): Promise<Index | null> {
  const [row] = await pool.use((client) => client.query(sql, params));
  return row?.[0] && row[1] ? { name: row[0].toString(), key: decode(row[1]) } : null;
}

function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? null;
}

function describe(namespace: string, index: Index, document: Document | null): { errmsg: string; extra: Document } {
  const keyValue =
    document && Object.fromEntries(Object.keys(index.key).map((path) => [path, valueAt(document, path)]));
  const shown = keyValue === null ? Object.keys(index.key).join(", ") : JSON.stringify(keyValue);
  return {
    errmsg: `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${shown}`,
    extra: { keyPattern: index.key, ...(keyValue === null ? {} : { keyValue }) },
  };
}

/** Completes an entry of `writeErrors`. `document` is the inserted document, if it is known. */
export async function explainWriteError(
  pool: Pool,
  database: string,
  collection: string,
  message: string,
  document: Document | null,
): Promise<{ errmsg: string; extra: Document }> {
  const name = /Index '([^']+)'/.exec(message)?.[1] ?? "";
  const found = name === "_id_" ? { name, key: { _id: 1 } } : await lookUp(pool, BY_NAME, [database, collection, name]);
  return describe(`${database}.${collection}`, found ?? { name, key: {} }, document);
}

/**
 * The duplicate key error of a failed statement. The engine's error detail starts with the refused document. `planned`
 * is an index being created, which is not in the catalogue yet.
 */
export async function explainDuplicate(
  pool: Pool,
  database: string,
  collection: string,
  error: PgError,
  planned?: Index,
): Promise<CommandError> {
  const id = /^documents_rum_index_(\d+)$/.exec(error.constraint)?.[1];
  const name =
    /Index '([^']+)'/.exec(error.message)?.[1] ?? (error.constraint.startsWith("collection_pk") ? "_id_" : "");
  const index =
    id === undefined ? await lookUp(pool, BY_NAME, [database, collection, name]) : await lookUp(pool, BY_ID, [id]);
  const hex = /=\(BSONHEX([0-9a-f]+)[,)]/.exec(error.detail)?.[1];
  const document = hex === undefined ? null : decode(Buffer.from(hex, "hex"));
  const { errmsg, extra } = describe(
    `${database}.${collection}`,
    index ?? planned ?? { name, key: name === "_id_" ? { _id: 1 } : {} },
    document,
  );
  return new CommandError("DuplicateKey", errmsg, { extra });
}
