import type { Clock } from "../../kernel/clock.ts";
import { mkdir, rename, rm } from "node:fs/promises";
import { deserialize } from "bson";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { KEY_PROOF } from "../../adapters/keys/key-proof.ts";
import type { Dump } from "../../core/store/dump.ts";
import type { Store } from "../../core/store/store.ts";
import { type Manifest, type Part, writeManifest, writePart } from "./archive.ts";
import { LOG, planOf } from "./plan.ts";

export interface BackupParts {
  store: Store;
  dump: Dump;
  clock: Clock;
  database: string;
  schema: number;
  /** The recipients of age to whom the backup is encrypted; empty: it is not. */
  recipients?: readonly string[];
  say: (line: string) => void;
  /** Called before each stage. Tests let the server write in it. */
  probe?: (stage: "derived" | "log" | "rest" | "after") => Promise<void>;
}

/**
 * Writes a backup to a new folder `path`, also while servers use the database. The folder gets its name only when the
 * backup is complete. The backup does not have the keys.
 */
export async function writeBackup(parts: BackupParts, path: string): Promise<Manifest> {
  const { store, dump, clock, say, recipients = [], probe = async () => undefined } = parts;
  const folder = `${path}.partial`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const takenAt = clock.now().toISOString();
  const plan = await planOf(dump);
  const written: Part[] = [];
  const keep = async (name: string, documents: AsyncIterable<Uint8Array>): Promise<void> => {
    const part = await writePart(folder, name, documents, recipients);
    written.push(part);
    say(`  ${name}：${part.documents}`);
  };

  for (const name of plan.progress) await keep(name, dump.read(name));
  await probe("derived");
  for (const name of plan.derived) await keep(name, dump.read(name));
  await probe("log");
  const tails = await tailsOf(store);
  await keep(LOG, upTo(tails, dump.read(LOG)));
  await probe("rest");
  for (const name of plan.rest) await keep(name, dump.read(name));
  await probe("after");
  const after = await writePart(folder, `${LOG}.after`, rowsAfter(store, dump, tails), recipients);

  const manifest: Manifest = {
    format: 1,
    schema: parts.schema,
    takenAt,
    finishedAt: clock.now().toISOString(),
    database: parts.database,
    tails,
    keyProof: await store.meta.get(KEY_PROOF),
    parts: written,
    after,
  };
  await writeManifest(folder, manifest, recipients);
  await rename(folder, path);
  return manifest;
}

async function tailsOf(store: Store): Promise<Manifest["tails"]> {
  const tails: Manifest["tails"] = {};
  for (const id of await logsOf(store)) {
    const tail = await store.log.tail(id);
    if (tail) tails[id] = { pos: tail.pos, seal: tail.seal };
  }
  return tails;
}

const logsOf = async (store: Store): Promise<string[]> => [...(await store.communities.ids()), INSTALLATION];

/** The rows up to the ends in `tails`. */
async function* upTo(tails: Manifest["tails"], rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of rows) {
    const { communityId, pos } = deserialize(bytes) as { communityId: string; pos: number };
    if (pos <= (tails[communityId]?.pos ?? 0)) yield bytes;
  }
}

async function* rowsAfter(store: Store, dump: Dump, tails: Manifest["tails"]): AsyncGenerator<Uint8Array> {
  for (const communityId of await logsOf(store))
    yield* dump.read(LOG, { communityId, pos: { $gt: tails[communityId]?.pos ?? 0 } });
}
