import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { proveKeys } from "../keys/key-proof.ts";
import { type Keys, loadKeys } from "../keys/keys.ts";
import { startFailure } from "../start-failure.ts";
import { connect, prepareDatabase } from "../store/connection.ts";
import { type Store, createStore } from "../store/store.ts";

/** What a command works with. */
export interface Shelf {
  store: Store;
  keys: Keys;
  dataDir: string;
}

/**
 * Runs a command on the installation's database, also beside a running server, and closes what it opened. `work` returns the exit
 * code. What cannot be opened is said in one sentence, as the server does.
 */
export async function withStore(work: (shelf: Shelf) => Promise<number>): Promise<void> {
  const opened: (() => Promise<unknown>)[] = [];
  try {
    const env = readEnv();
    const { uri, choice, database } = env.mongo;
    const say = (line: string): void => console.error(line);
    const engine = await startEngine({ dataDir: env.dataDir, uri, choice, share: true, log: say });
    opened.push(() => engine.stop());
    const connection = await connect(engine.uri, database);
    opened.push(() => connection.close());
    const store = createStore(connection);
    await prepareDatabase(connection);
    const keys = await loadKeys(env.keysFile);
    await proveKeys(store, keys);
    process.exitCode = await work({ store, keys, dataDir: env.dataDir });
  } catch (error) {
    const sentence = startFailure(error);
    if (sentence === null) throw error;
    console.error(sentence);
    process.exitCode = 1;
  } finally {
    for (const close of opened.toReversed()) await close();
  }
}
