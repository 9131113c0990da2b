/** Commands that write documents: insert, update, delete, findAndModify. */
import type { Document } from "bson";
import { explainDuplicate, explainWriteError } from "./duplicate-key.ts";
import { CODES, codeNameOf, CommandError, unpackSqlState } from "./errors.ts";
import type { Call, Handler } from "./gateway.ts";
import { PgError } from "./pg-client.ts";
import { retryWhenRolledBack } from "./retry-rolled-back.ts";
import { decode, encode } from "./wire.ts";

const BSON = "documentdb_core.bson";
/** `upsert: true` in BSON. A match inside a document's text only leads to an empty collection. */
const UPSERT = Buffer.from("\x08upsert\0\x01", "latin1");

function writes(name: string): string {
  return `SELECT p_result, p_success FROM documentdb_api.${name}($1::text, $2::${BSON}, $3::documentdb_core.bsonsequence)`;
}

/** Creates the collection first if this write might do so. */
async function ensureCollection(call: Call): Promise<void> {
  const creates = call.name === "insert" || call.body.includes(UPSERT) || (call.sequence?.includes(UPSERT) ?? false);
  if (creates) await call.gateway.collections.ensure(call.database, call.collection);
}

function insertedDocument(call: Call, index: number): Document | null {
  if (call.name !== "insert") return null;
  if (call.sequence === null) return (decode(call.body)["documents"] as Document[])[index] ?? null;
  for (let at = 0, left = index; at < call.sequence.length; left--) {
    const length = call.sequence.readInt32LE(at);
    if (left === 0) return decode(call.sequence.subarray(at, at + length));
    at += length;
  }
  return null;
}

async function completeWriteErrors(call: Call, reply: Buffer): Promise<Buffer> {
  const result = decode(reply);
  const errors: Document[] = [];
  for (const { index, code, errmsg } of result["writeErrors"] as { index: number; code: number; errmsg: string }[]) {
    const name = codeNameOf(unpackSqlState(code));
    if (name !== "DuplicateKey") errors.push({ index, code: CODES[name], codeName: name, errmsg });
    else {
      const document = insertedDocument(call, index);
      const cause = await explainWriteError(call.gateway.asides, call.database, call.collection, errmsg, document);
      errors.push({ index, code: CODES[name], ...cause.extra, errmsg: cause.errmsg });
    }
  }
  return encode({ ...result, writeErrors: errors });
}

async function explained(call: Call, error: unknown): Promise<unknown> {
  const duplicate = error instanceof PgError && codeNameOf(error.sqlState) === "DuplicateKey";
  return duplicate ? explainDuplicate(call.gateway.asides, call.database, call.collection, error) : error;
}

function write(sql: string, withSequence: boolean): Handler {
  return async (call) => {
    await ensureCollection(call);
    try {
      const params = withSequence ? [call.database, call.body, call.sequence] : [call.database, call.body];
      const [row] = await retryWhenRolledBack(() => call.run((client) => client.query(sql, params)));
      const [reply, success] = row ?? [];
      if (!reply) throw new CommandError("InternalError", `${call.name} gave no reply`);
      return success?.[0] === 1 || !withSequence ? reply : await completeWriteErrors(call, reply);
    } catch (error) {
      throw await explained(call, error);
    }
  };
}

const FIND_AND_MODIFY = `SELECT p_result, p_success FROM documentdb_api.find_and_modify($1::text, $2::${BSON})`;

export const WRITE_COMMANDS: Record<string, Handler> = {
  insert: write(writes("insert"), true),
  update: write(writes("update"), true),
  delete: write(writes("delete"), true),
  findAndModify: write(FIND_AND_MODIFY, false),
  findandmodify: write(FIND_AND_MODIFY, false),
};
