import type { Migration } from "../core/store/migrations/migration.ts";
import type { Clock } from "../kernel/clock.ts";
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "mongoose";
import { type Dump, createDump } from "../core/store/dump.ts";
import { SCHEMA, migrations as all } from "../core/store/migrations/list.ts";
import type { Store } from "../core/store/store.ts";

/** How long the lock of a migrating process lasts without renewal, ms. Another process takes over afterwards. */
const LEASE_MS = 30_000;
/** How often a waiting process tries to take the lock, ms. */
const POLL_MS = 250;

/** The name of the meta entry with the version of the database. */
export const SCHEMA_VERSION = "schema";
const LOCK = "migrating";
/** The name of the meta entry that exists during a restore. No server may start on a partly restored database. */
export const RESTORING = "restoring";

/** The program cannot work on the database in its present state. The message is a sentence for the operator. */
export class SchemaMismatchError extends Error {}

export interface SchemaParts {
  connection: Connection;
  store: Pick<Store, "meta">;
  clock: Clock;
  /** Identifies this process among those that may migrate at once. */
  holder: string;
  say: (line: string) => void;
  migrations?: readonly Migration[];
}

/** The version of the database; 0: older than versions; null: the database is empty. */
export async function schemaOf({ connection, store }: Pick<SchemaParts, "connection" | "store">) {
  const stored = await store.meta.get(SCHEMA_VERSION);
  if (stored !== null) return Number(stored);
  return (await isEmpty(createDump(connection))) ? null : 0;
}

async function isEmpty(dump: Dump): Promise<boolean> {
  const there = new Set(await dump.names());
  for (const name of ["communities", "users", "requests"])
    if (there.has(name) && (await dump.count(name)) > 0) return false;
  return true;
}

/**
 * Checks at the start that the database is complete and has this program's version. An empty one gets that version. An
 * older one is migrated; with `ask` it is refused instead, with instructions, since production needs a backup first.
 * Throws {@link SchemaMismatchError}.
 */
export async function ensureSchema(parts: SchemaParts, { ask }: { ask: boolean }): Promise<void> {
  const { store } = parts;
  if ((await store.meta.get(RESTORING)) !== null)
    throw new SchemaMismatchError(
      "数据库正在从备份恢复，或恢复到一半中断了：请重新运行 npm run restore，并加 --replace。",
    );
  const version = await schemaOf(parts);
  if (version === null) return store.meta.set(SCHEMA_VERSION, SCHEMA);
  if (version > SCHEMA)
    throw new SchemaMismatchError(`数据库的版本是 ${version}，这个程序只认得到 ${SCHEMA}：请用新版本的程序启动它。`);
  if (version === SCHEMA) return undefined;
  if (ask)
    throw new SchemaMismatchError(
      `数据库的版本是 ${version}，这个程序要 ${SCHEMA}：请先用旧版本的程序备份（npm run backup），再运行 npm run migrate（加 --dry-run 先看要改什么）。`,
    );
  return migrate(parts);
}

/** The due migrations and the number of documents that each would change. Changes nothing. */
export async function pending(parts: Pick<SchemaParts, "connection" | "store" | "migrations">) {
  const version = (await schemaOf(parts)) ?? SCHEMA;
  const due = (parts.migrations ?? all).filter(({ to }) => to > version);
  return Promise.all(due.map(async ({ to, what, count }) => ({ to, what, documents: await count(parts.connection) })));
}

/** Migrates documents of version `from` to the program's version, without storing the version; for restored backups. */
export async function upgradeFrom(
  from: number,
  { connection, say, migrations = all }: Pick<SchemaParts, "connection" | "say" | "migrations">,
): Promise<void> {
  for (const { to, what, run } of migrations) {
    if (to <= from) continue;
    say(`数据升级到版本 ${to}：${what}`);
    await run(connection);
  }
}

/**
 * Runs all due migrations in order. Each is recorded when it is done, so that an interrupted run continues there. Of
 * several processes one migrates, and the others wait for it.
 */
export async function migrate(parts: SchemaParts): Promise<void> {
  const { connection, store, clock, holder, say, migrations = all } = parts;
  const take = (): Promise<boolean> => {
    const now = clock.now();
    return store.meta.lock(LOCK, holder, now, new Date(now.getTime() + LEASE_MS));
  };
  for (let told = false; !(await take()); told = true) {
    if (!told) say("另一个进程正在升级数据，等它做完。");
    await wait(POLL_MS);
  }
  const renew = setInterval(() => void take().catch(() => undefined), LEASE_MS / 3);
  try {
    for (const { to, what, run } of migrations) {
      if (((await schemaOf(parts)) ?? 0) >= to) continue;
      say(`数据升级到版本 ${to}：${what}`);
      await run(connection);
      await store.meta.set(SCHEMA_VERSION, to);
    }
  } finally {
    clearInterval(renew);
    await store.meta.unlock(LOCK, holder);
  }
}
