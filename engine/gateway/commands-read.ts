/** Commands that read: find, aggregate, their cursors, counts and lists. */
import { CommandError } from "./errors.ts";
import type { Call, Handler } from "./gateway.ts";
import { decode, encode } from "./wire.ts";

const BSON = "documentdb_core.bson";

function firstPage(call: Call, sql: string): Promise<Buffer> {
  return call.run(async (client) => {
    const [row] = await client.query(sql, [call.database, call.body]);
    const [page, continuation, , id] = row ?? [];
    if (!page) throw new CommandError("InternalError", `${call.name} gave no page`);
    const cursorId = id ? id.readBigInt64BE(0) : 0n;
    if (continuation && cursorId !== 0n) call.gateway.cursors.save(cursorId, namespaceOf(call), continuation);
    return page;
  });
}

/**
 * The namespace of a cursor: database and collection. Cursors over a whole database or over metadata have special
 * names.
 */
function namespaceOf(call: Call): string {
  if (call.name === "listCollections") return `${call.database}.$cmd.listCollections`;
  return `${call.database}.${call.collection || "$cmd.aggregate"}`;
}

function cursorQuery(name: string): Handler {
  const sql = `SELECT cursorpage, continuation, persistconnection, cursorid FROM documentdb_api.${name}($1::text, $2::${BSON})`;
  return (call) => firstPage(call, sql);
}

function oneDocument(sql: string): Handler {
  return (call) =>
    call.run(async (client) => {
      const [row] = await client.query(sql, [call.database, call.body]);
      if (!row?.[0]) throw new CommandError("InternalError", `${call.name} gave no reply`);
      return row[0];
    });
}

const getMore: Handler = async (call) => {
  const id = call.fields.get("getMore");
  const collection = call.fields.get("collection");
  if (typeof id !== "bigint" || typeof collection !== "string")
    throw new CommandError("TypeMismatch", "getMore wants a 64-bit cursor id and a collection");
  const { cursors } = call.gateway;
  const namespace = `${call.database}.${collection.replace(/^\$cmd\.ListCollections$/, "$cmd.listCollections")}`;
  const continuation = cursors.read(id, namespace);
  return call.run(async (client) => {
    const sql = `SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1::text, $2::${BSON}, $3::${BSON})`;
    const [row] = await client.query(sql, [call.database, call.body, continuation]);
    const [page, next] = row ?? [];
    if (!page) throw new CommandError("InternalError", "getMore gave no page");
    if (next) cursors.save(id, namespace, next);
    else cursors.forget(id);
    return page;
  });
};

const killCursors: Handler = async (call) => {
  const ids = ((decode(call.body)["cursors"] as { toString(): string }[] | undefined) ?? []).map((id) =>
    BigInt(id.toString()),
  );
  const { cursors } = call.gateway;
  const found = ids.filter((id) => cursors.has(id));
  await cursors.kill(found);
  const asLong = (list: bigint[]) => list.map((id) => id);
  return encode({
    cursorsKilled: asLong(found),
    cursorsNotFound: asLong(ids.filter((id) => !found.includes(id))),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  });
};

const collStats: Handler = (call) =>
  call.run(async (client) => {
    const [row] = await client.query("SELECT documentdb_api.coll_stats($1::text, $2::text)", [
      call.database,
      call.collection,
    ]);
    return (
      row?.[0] ??
      encode({ ns: `${call.database}.${call.collection}`, count: 0, size: 0, storageSize: 0, nindexes: 0, ok: 1 })
    );
  });

const dbStats: Handler = (call) =>
  call.run(async (client) => {
    const [row] = await client.query("SELECT documentdb_api.db_stats($1::text)", [call.database]);
    return row?.[0] ?? encode({ db: call.database, collections: 0, objects: 0, ok: 1 });
  });

const listDatabases: Handler = (call) =>
  call.run(async (client) => {
    const [row] = await client.query(`SELECT documentdb_api.list_databases($1::${BSON})`, [call.body]);
    return row?.[0] ?? encode({ databases: [], ok: 1 });
  });

export const READ_COMMANDS: Record<string, Handler> = {
  find: cursorQuery("find_cursor_first_page"),
  aggregate: cursorQuery("aggregate_cursor_first_page"),
  listCollections: cursorQuery("list_collections_cursor_first_page"),
  listIndexes: cursorQuery("list_indexes_cursor_first_page"),
  count: oneDocument(`SELECT document FROM documentdb_api.count_query($1::text, $2::${BSON})`),
  distinct: oneDocument(`SELECT document FROM documentdb_api.distinct_query($1::text, $2::${BSON})`),
  getMore,
  killCursors,
  collStats,
  dbStats,
  listDatabases,
};
