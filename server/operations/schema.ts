import type { Migration } from "../core/store/migrations/migration.ts";
import type { Clock } from "../kernel/clock.ts";
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "mongoose";
import { type Dump, createDump } from "../core/store/dump.ts";
import { SCHEMA, migrations as all } from "../core/store/migrations/list.ts";
import type { Store } from "../core/store/store.ts";

/** A migrator that has not been heard of for so long is dead, and another goes on, ms. */
const LEASE_MS = 30_000;
/** How often one that waits for another looks, ms. */
const POLL_MS = 250;

const VERSION = "schema";
const LOCK = "migrating";
/** Stands in the database while a restore is under way: nothing may start on half a database. */
export const RESTORING = "restoring";

/** The database is not one that this program can work on as it is. The message is a sentence for the operator. */
export class SchemaMismatchError extends Error {}

export interface SchemaParts {
  connection: Connection;
  store: Pick<Store, "meta">;
  clock: Clock;
  /** Names this process among those that may migrate at once. */
  holder: string;
  say: (line: string) => void;
  migrations?: readonly Migration[];
}

/** The database's version: 0 before there were any; null: it is empty. */
export async function schemaOf({ connection, store }: Pick<SchemaParts, "connection" | "store">) {
  const stored = await store.meta.get(VERSION);
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
 * At a start: the database must be whole and of this program's version. An empty one becomes it; an older one is
 * migrated, or (`ask`) refused with what to do, since in production a backup goes before. Throws {@link
 * SchemaMismatchError}.
 */
export async function ensureSchema(parts: SchemaParts, { ask }: { ask: boolean }): Promise<void> {
  const { store } = parts;
  if ((await store.meta.get(RESTORING)) !== null)
    throw new SchemaMismatchError(
      "数据库正在从备份恢复，或恢复到一半中断了：请重新运行 npm run restore，并加 --replace。",
    );
  const version = await schemaOf(parts);
  if (version === null) return store.meta.set(VERSION, SCHEMA);
  if (version > SCHEMA)
    throw new SchemaMismatchError(`数据库的版本是 ${version}，这个程序只认得到 ${SCHEMA}：请用新版本的程序启动它。`);
  if (version === SCHEMA) return undefined;
  if (ask)
    throw new SchemaMismatchError(
      `数据库的版本是 ${version}，这个程序要 ${SCHEMA}：请先备份（npm run backup），再运行 npm run migrate（加 --dry-run 先看要改什么）。`,
    );
  return migrate(parts);
}

/** What a migration would do, and to how many documents. Changes nothing. */
export async function pending(parts: Pick<SchemaParts, "connection" | "store" | "migrations">) {
  const version = (await schemaOf(parts)) ?? SCHEMA;
  const due = (parts.migrations ?? all).filter(({ to }) => to > version);
  return Promise.all(due.map(async ({ to, what, count }) => ({ to, what, documents: await count(parts.connection) })));
}

/**
 * Brings the database up to the program's version, one migration after the other; each is noted when it is done, so
 * that what was broken off goes on where it was. Of several processes one does it, and the others wait for it.
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
      await store.meta.set(VERSION, to);
    }
  } finally {
    clearInterval(renew);
    await store.meta.unlock(LOCK, holder);
  }
}
