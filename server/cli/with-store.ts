import type { Clock } from "../kernel/clock.ts";
import { randomUUID } from "node:crypto";
import type { Connection } from "mongoose";
import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { ensureKeyProof } from "../adapters/keys/key-proof.ts";
import { type Keys, loadKeys } from "../adapters/keys/keys.ts";
import { ensureSchema } from "../operations/schema.ts";
import { startFailure } from "../operations/start-failure.ts";
import { connect, prepareDatabase } from "../core/store/connection.ts";
import { createDatabaseClock } from "../core/store/database-clock.ts";
import { type Dump, createDump } from "../core/store/dump.ts";
import type { Store } from "../core/store/store.ts";
import { openKeeping } from "../open-store.ts";

/** What a command gets to work with. */
export interface StoreContext extends Pick<ReturnType<typeof openKeeping>, "files" | "modules" | "repositories"> {
  store: Store;
  keys: Keys;
  env: ReturnType<typeof readEnv>;
  dataDir: string;
  /** The database's name. */
  database: string;
  connection: Connection;
  dump: Dump;
  clock: Clock;
  /** Creates collections and indexes. */
  prepare: () => Promise<void>;
}

/**
 * Runs a command on the installation's database, also beside a running server, and closes what it opened. `work`
 * returns the exit code. A failure to open is printed as one sentence, as the server does. `bare`: nothing is written
 * before `work` runs, and the keys are not compared with the database.
 */
export async function withStore(
  work: (shelf: StoreContext) => Promise<number>,
  { bare = false }: { bare?: boolean } = {},
): Promise<void> {
  const opened: (() => Promise<unknown>)[] = [];
  try {
    const env = readEnv();
    const { uri, choice, database } = env.mongo;
    const say = (line: string): void => console.error(line);
    const engine = await startEngine({ dataDir: env.dataDir, uri, choice, share: true, log: say });
    opened.push(() => engine.stop());
    const connection = await connect(engine.uri, database, { patient: true });
    opened.push(() => connection.close());
    const prepare = (): Promise<void> => prepareDatabase(connection);
    const clock = await createDatabaseClock(connection);
    opened.push(async () => clock.stop());
    const keys = await loadKeys(env.keysFile);
    // Called once per connection, since a connection's models can be compiled only once.
    const { store, files, modules, repositories } = openKeeping(connection, keys);
    if (!bare) {
      await ensureSchema({ connection, store, clock, holder: randomUUID(), say }, { ask: true });
      await prepare();
      await ensureKeyProof(store, keys);
    }
    const { dataDir } = env;
    process.exitCode = await work({
      store,
      files,
      modules,
      repositories,
      keys,
      env,
      dataDir,
      database,
      connection,
      dump: createDump(connection),
      clock,
      prepare,
    });
  } catch (error) {
    const sentence = startFailure(error);
    if (sentence === null) throw error;
    console.error(sentence);
    process.exitCode = 1;
  } finally {
    for (const close of opened.toReversed()) await close();
  }
}
