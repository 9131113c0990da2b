import type { ModuleHooks } from "../../core/module-hooks.ts";
import type { Clock } from "../../kernel/clock.ts";
import { rename } from "node:fs/promises";
import { deserialize } from "bson";
import type { Logger } from "pino";
import { publicHolidays } from "../../adapters/calendar/public-holidays.ts";
import type { WordCheck } from "../../adapters/content/word-check.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { LANES } from "../../kernel/lane.ts";
import { createFileAnchors } from "../../log/anchors.ts";
import type { ErasureNotes } from "../erasure-notes.ts";
import { DELIVERIES } from "../../core/consumers/deliveries.ts";
import { aggregateOf } from "../../log/own-steps.ts";
import { createRelay } from "../../log/relay.ts";
import type { Tail } from "../../log/seal.ts";
import { type LogReport, verifyLog } from "../../log/verify-log.ts";
import type { FileService } from "../../adapters/files/file-service.ts";
import { provenBy } from "../../adapters/keys/key-proof.ts";
import type { Keys } from "../../adapters/keys/keys.ts";
import type { Dump } from "../../core/store/dump.ts";
import type { LogRow } from "../../log/store/log.ts";
import type { Store } from "../../core/store/store.ts";
import { noteErasures } from "../../core/usecases/accounts/note-erasures.ts";
import { type Manifest, type Part, readPart } from "./archive.ts";
import { RESTORING } from "../schema.ts";
import { doubtProgress, forgetInLog, laterThan, redoErasures } from "./redo-erasures.ts";
import { eventOf } from "./returned-events.ts";

export interface RestoreParts {
  store: Store;
  dump: Dump;
  keys: Keys;
  clock: Clock;
  log: Logger;
  /** Creates collections and indexes. */
  prepare: () => Promise<void>;
  files: FileService;
  modules: ModuleHooks;
  /** The file in which the end of each log is noted outside the database. */
  anchorsFile: string;
  /** Accounts that were closed, noted outside the database. */
  erasures: ErasureNotes;
  /** The shapes that this version of the program stores. */
  schema: number;
  say: (line: string) => void;
  /** Called after each part; tests break off in it. */
  probe?: (name: string) => void;
}

/** Written by running servers, or by the start of this very command. */
const nothing = new Set(["meta", "lanes"]);

/** Why this backup cannot be restored here, in sentences for the operator; empty: it can. */
export async function obstacles(parts: RestoreParts, manifest: Manifest, replace: boolean): Promise<string[]> {
  const { store, dump, keys, clock } = parts;
  const found: string[] = [];
  if (manifest.schema > parts.schema)
    found.push(`备份的数据版本是 ${manifest.schema}，这个程序只认得到 ${parts.schema}：请先升级程序。`);
  if (!provenBy(manifest.keyProof, keys))
    found.push("密钥文件（KEYS_FILE）与这份备份不是一套：请先从另存的地方恢复当时的密钥文件。");
  if ((await store.lanes.free(clock.now())).length < LANES)
    found.push("有服务正在使用这个数据库：请先停止全部服务；若刚刚异常退出，请等 10 秒再试。");
  const filled: string[] = [];
  for (const name of await dump.names()) if (!nothing.has(name) && (await dump.count(name)) > 0) filled.push(name);
  if (filled.length && !replace)
    found.push(`数据库里已有数据（${filled.slice(0, 5).join("、")} 等）：确定要用备份替换它，请加 --replace。`);
  return found;
}

/**
 * Puts a backup in the place of what the database holds, and checks the log of the outcome. What was to be sent outside the app is not sent any more: the original
 * may have sent it. Whoever has closed an account since, and what has come to the end of its time, is erased again. Broken off, it is begun anew with `replace`; until it is whole no server starts on it.
 */
export async function restoreBackup(parts: RestoreParts, folder: string, manifest: Manifest): Promise<LogReport> {
  const { store, dump, keys, clock, say, probe = () => undefined } = parts;
  // What is about to be replaced knows best who has closed an account.
  await noteErasures(parts, new Date(0));
  await store.meta.set(RESTORING, { from: manifest.takenAt, at: clock.now().toISOString() });
  for (const name of await dump.names()) if (name !== "meta") await dump.drop(name);
  await parts.prepare();

  for (const part of manifest.parts) {
    if (part.name === "meta") continue;
    say(`  ${part.name}：${await dump.insert(part.name, documentsOf(folder, part))}`);
    probe(part.name);
  }
  await store.deliveries.doubt();
  const returned = await putBack(parts, folder, manifest.after);
  if (returned) say(`  备份期间发生、由单据带回的步骤：${returned}`);

  sayWhatIsLost(parts, manifest, await createFileAnchors(parts.anchorsFile).read());
  // The original's notes may be of positions that this copy does not have.
  const stamp = clock.now().toISOString().replaceAll(/[:.]/g, "-");
  await rename(parts.anchorsFile, `${parts.anchorsFile}.${stamp}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  const anchors = createFileAnchors(parts.anchorsFile);
  for (const [communityId, tail] of Object.entries(manifest.tails)) anchors.note(communityId, tail);
  await anchors.flush();
  await settleLog(parts, anchors);

  for await (const { document } of documentsOf(folder, partOf(manifest, "meta"))) {
    const { _id, value } = document as { _id: string; value: unknown };
    if (_id !== RESTORING) await store.meta.set(_id, value);
  }
  await doubtProgress(parts, manifest.takenAt);
  const erasures = laterThan(manifest.takenAt, await parts.erasures.read());
  const ending = { ...parts, kick: () => undefined, holidays: publicHolidays(), words: passed };
  const redone = await redoErasures(ending, erasures);
  if (redone) say(`  备份以后注销的人：${redone} 位，已按注销记录重新抹去`);
  probe("erasures");
  await settleLog(parts, anchors);
  await forgetInLog(ending, erasures);
  const report = await verifyLog(store, keys, anchors);
  await store.meta.set("restored", { from: manifest.takenAt, at: clock.now().toISOString() });
  await store.meta.remove(RESTORING);
  return report;
}

/** What is said again was checked when it was said first. */
const passed: WordCheck = { check: async () => "passed" };

/** Which rows were written after the copy was made, as far as the notes outside the database tell. */
function sayWhatIsLost({ say }: RestoreParts, { tails }: Manifest, noted: Readonly<Record<string, Tail>>): void {
  for (const [communityId, { pos }] of Object.entries(noted)) {
    const end = tails[communityId]?.pos ?? 0;
    if (pos > end)
      say(`  台账 ${communityId} 回到第 ${end} 行：之后的 ${pos - end} 行（到第 ${pos} 行）不在这份备份里`);
  }
}

const partOf = (manifest: Manifest, name: string): Part => {
  const found = manifest.parts.find((part) => part.name === name);
  if (!found) throw new Error(`the backup has no ${name}`);
  return found;
};

async function* documentsOf(folder: string, part: Part) {
  for await (const bytes of readPart(folder, part)) {
    // Numbers and bytes keep the types that they had.
    const document: Record<string, unknown> = deserialize(bytes, {
      promoteValues: false,
      promoteBuffers: false,
      bsonRegExp: true,
    });
    yield { document, bytes: bytes.length };
  }
}

/** Events that were in no outbox any more when their aggregates were copied. */
async function putBack({ store }: RestoreParts, folder: string, after: Part): Promise<number> {
  const rows: LogRow[] = [];
  for await (const bytes of readPart(folder, after)) rows.push(deserialize(bytes) as LogRow);
  let count = 0;
  for (const row of rows) if (await store.outbox.putBack(aggregateOf(row), eventOf(row))) count++;
  return count;
}

/**
 * Moves what the outboxes hold into the log, as a server would, and lets the sender of messages begin after it: what is said outside the
 * app is said once at most. The other consumers go on where they were; what they do twice, they do once.
 */
async function settleLog({ store, keys, clock, log }: RestoreParts, anchors: ReturnType<typeof createFileAnchors>) {
  const relay = createRelay({ store, keys, clock, log, holder: "restore", consumers: [], anchors });
  await relay.drain();
  await relay.stop();
  for (const communityId of [...(await store.communities.ids()), INSTALLATION]) {
    const tail = await store.log.tail(communityId);
    if (!tail) continue;
    await store.lanes.addOffsets([DELIVERIES], communityId);
    await store.lanes.commitOffset([DELIVERIES], communityId, tail.pos);
  }
}
