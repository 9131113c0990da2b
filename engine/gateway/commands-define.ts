/** Commands that create, change and drop collections and indexes. */
import type { Document } from "bson";
import { explainDuplicate } from "./duplicate-key.ts";
import { codeNameOf, CommandError } from "./errors.ts";
import type { Call, Handler } from "./gateway.ts";
import { type Param, PgError } from "./pg-client.ts";
import { retryWhenRolledBack } from "./retry-rolled-back.ts";
import { decode, encode } from "./wire.ts";

const BSON = "documentdb_core.bson";

/** Options that the engine lacks or silently ignores. They are refused with an error that names them. */
const REFUSED: Record<string, string[]> = {
  create: ["capped", "timeseries", "clusteredIndex", "collation", "changeStreamPreAndPostImages"],
  createIndexes: ["hidden", "collation"],
};

function refuse(command: string, spec: Document): void {
  for (const option of REFUSED[command] ?? []) {
    if (spec[option])
      throw new CommandError("CommandNotSupported", `${command}: the embedded engine has no "${option}"`);
  }
}

async function define(call: Call, sql: string, params: Param[]): Promise<Buffer | null> {
  const [row] = await retryWhenRolledBack(() => call.gateway.definitions.use((client) => client.query(sql, params)));
  return row?.[0] ?? null;
}

const create: Handler = async (call) => {
  refuse("create", decode(call.body));
  const reply = await define(call, `SELECT documentdb_api.create_collection_view($1::text, $2::${BSON})`, [
    call.database,
    call.body,
  ]);
  return reply ?? encode({ ok: 1 });
};

const createIndexes: Handler = async (call) => {
  const spec = decode(call.body);
  for (const index of (spec["indexes"] ?? []) as Document[]) refuse("createIndexes", index);
  const made = await call.gateway.collections.ensure(call.database, call.collection);
  try {
    const wanted = encode({ createIndexes: call.collection, indexes: spec["indexes"] });
    const reply = await define(
      call,
      `SELECT documentdb_api_internal.create_indexes_non_concurrently($1::text, $2::${BSON}, true)`,
      [call.database, wanted],
    );
    const shard = (decode(reply ?? encode({}))["raw"] as Document | undefined)?.["defaultShard"] as
      | Document
      | undefined;
    return encode({ ...shard, createdCollectionAutomatically: made, ok: 1 });
  } catch (error) {
    const duplicate = error instanceof PgError && codeNameOf(error.sqlState) === "DuplicateKey";
    if (!duplicate) throw error;
    const planned = ((spec["indexes"] ?? []) as { name: string; key: Document; unique?: boolean }[]).find(
      ({ unique }) => unique === true,
    );
    throw await explainDuplicate(call.gateway.asides, call.database, call.collection, error, planned);
  }
};

const dropIndexes: Handler = async (call) => {
  const reply = await define(call, `CALL documentdb_api.drop_indexes($1::text, $2::${BSON}, NULL)`, [
    call.database,
    call.body,
  ]);
  return encode({ ...decode(reply ?? encode({})), ok: 1 });
};

const drop: Handler = async (call) => {
  await define(call, "SELECT documentdb_api.drop_collection($1::text, $2::text)", [call.database, call.collection]);
  call.gateway.collections.forget(call.database, call.collection);
  return encode({ ns: `${call.database}.${call.collection}`, ok: 1 });
};

const dropDatabase: Handler = async (call) => {
  await define(call, "SELECT documentdb_api.drop_database($1::text)", [call.database]);
  call.gateway.collections.forget(call.database);
  return encode({ dropped: call.database, ok: 1 });
};

const collMod: Handler = async (call) => {
  const reply = await define(call, `SELECT documentdb_api.coll_mod($1::text, $2::text, $3::${BSON})`, [
    call.database,
    call.collection,
    call.body,
  ]);
  return reply ?? encode({ ok: 1 });
};

/**
 * Updates planner statistics of one collection, or of the whole database when the value is not a string. For use after
 * a bulk load.
 */
const analyze: Handler = async (call) => {
  if (call.collection === "") await define(call, "ANALYZE", []);
  else {
    const sql =
      "SELECT collection_id::text FROM documentdb_api_catalog.collections WHERE database_name = $1::text AND collection_name = $2::text";
    const id = await define(call, sql, [call.database, call.collection]);
    if (id === null)
      throw new CommandError("NamespaceNotFound", `ns does not exist: ${call.database}.${call.collection}`);
    await define(call, `ANALYZE documentdb_data.documents_${Number(id.toString())}`, []);
  }
  return encode({ ok: 1 });
};

export const DEFINE_COMMANDS: Record<string, Handler> = {
  create,
  createIndexes,
  dropIndexes,
  drop,
  dropDatabase,
  collMod,
  analyze,
};
