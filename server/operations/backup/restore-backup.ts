import type { ModuleHooks } from "../../core/module-hooks.ts";
import type { Clock } from "../../kernel/clock.ts";
import { rename } from "node:fs/promises";
import { deserialize } from "bson";
import type { Connection } from "mongoose";
import type { Logger } from "pino";
import { publicHolidays } from "../../adapters/calendar/public-holidays.ts";
import type { WordCheck } from "../../adapters/content/word-check.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { PARTITION_COUNT } from "../../kernel/partition.ts";
import { createFileAnchors } from "../../log/anchors.ts";
import type { ErasureNotes } from "../erasure-notes.ts";
import { DELIVERIES } from "../../core/consumers/deliveries.ts";
import { aggregateOf } from "../../log/own-steps.ts";
import { createRelay } from "../../log/relay.ts";
import type { Tail } from "../../log/seal.ts";
import { type LogReport, verifyLog } from "../../log/verify-log.ts";
import type { FileService } from "../../adapters/files/file-service.ts";
import { matchesProof } from "../../adapters/keys/key-proof.ts";
import type { Keys } from "../../adapters/keys/keys.ts";
import type { Dump } from "../../core/store/dump.ts";
import type { LogRow } from "../../log/store/log-row.ts";
import type { Store } from "../../core/store/store.ts";
import { recordErasures } from "../../core/usecases/accounts/record-erasures.ts";
import { type Manifest, type Part, readDocuments, readPart } from "./archive.ts";
import { RESTORING, SCHEMA_VERSION, upgradeFrom } from "../schema.ts";
import { resetProgress, forgetInLog, erasuresAfter, redoErasures } from "./redo-erasures.ts";
import { eventOf } from "./returned-events.ts";

export interface RestoreParts {
  connection: Connection;
  store: Store;
  dump: Dump;
  keys: Keys;
  clock: Clock;
  log: Logger;
  /** Creates collections and indexes. */
  prepare: () => Promise<void>;
  files: FileService;
  modules: ModuleHooks;
  /** The file with the ends of the logs (log/anchors.ts). */
  anchorsFile: string;
  /** The notes of closed accounts outside the database. */
  erasureNotes: ErasureNotes;
  /** The version of the data that this program writes. */
  schema: number;
  /** Identities of age that open an encrypted backup. */
  identities?: readonly string[];
  say: (line: string) => void;
  /** Called after each part. Tests interrupt the restore in it. */
  probe?: (name: string) => void;
}

/** Collections that do not count as data: running servers and this command itself write them. */
const nothing = new Set(["meta", "partition_leases"]);

/** The reasons why the backup cannot be restored here, in sentences for the operator; empty when it can. */
export async function restoreObstacles(parts: RestoreParts, manifest: Manifest, replace: boolean): Promise<string[]> {
  const { store, dump, keys, clock } = parts;
  const found: string[] = [];
  if (manifest.schema > parts.schema)
    found.push(`备份的数据版本是 ${manifest.schema}，这个程序只认得到 ${parts.schema}：请先升级程序。`);
  if (!matchesProof(manifest.keyProof, keys))
    found.push("密钥文件（KEYS_FILE）与这份备份不是一套：请先从另存的地方恢复当时的密钥文件。");
  if ((await store.partitions.free(clock.now())).length < PARTITION_COUNT)
    found.push("有服务正在使用这个数据库：请先停止全部服务；若刚刚异常退出，请等 10 秒再试。");
  const filled: string[] = [];
  for (const name of await dump.names()) if (!nothing.has(name) && (await dump.count(name)) > 0) filled.push(name);
  if (filled.length && !replace)
    found.push(`数据库里已有数据（${filled.slice(0, 5).join("、")} 等）：确定要用备份替换它，请加 --replace。`);
  return found;
}

/**
 * Replaces the data of the database by a backup and verifies the log afterwards. Messages that were still to be sent
 * outside the app are not sent, since the original may have sent them. Accounts that were closed since the backup, and
 * data past their retention period, are erased again. An interrupted restore is started again with `replace`; no server
 * starts on the database until it has finished.
 */
export async function restoreBackup(parts: RestoreParts, folder: string, manifest: Manifest): Promise<LogReport> {
  const { store, dump, keys, clock, say, probe = () => undefined } = parts;
  // Closed accounts are first read from the database that is being replaced, since it is newer than the backup.
  await recordErasures(parts, new Date(0));
  await store.meta.set(RESTORING, { from: manifest.takenAt, at: clock.now().toISOString() });
  for (const name of await dump.names()) if (name !== "meta") await dump.drop(name);
  await parts.prepare();

  for (const part of manifest.parts) {
    if (part.name === "meta") continue;
    say(`  ${part.name}：${await dump.insert(part.name, readDocuments(folder, part, parts.identities))}`);
    probe(part.name);
  }
  await upgradeFrom(manifest.schema, parts);
  await store.deliveries.doubt();
  const returned = await putBack(parts, folder, manifest.after);
  if (returned) say(`  备份期间发生、由单据带回的步骤：${returned}`);

  sayWhatIsLost(parts, manifest, await createFileAnchors(parts.anchorsFile).read());
  // The noted ends may have positions that this copy does not have.
  const stamp = clock.now().toISOString().replaceAll(/[:.]/g, "-");
  await rename(parts.anchorsFile, `${parts.anchorsFile}.${stamp}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  const anchors = createFileAnchors(parts.anchorsFile);
  for (const [communityId, tail] of Object.entries(manifest.tails)) anchors.note(communityId, tail);
  await anchors.flush();
  await settleLog(parts, anchors);

  for await (const { document } of readDocuments(folder, partOf(manifest, "meta"), parts.identities)) {
    const { _id, value } = document as { _id: string; value: unknown };
    if (_id !== RESTORING) await store.meta.set(_id, value);
  }
  await store.meta.set(SCHEMA_VERSION, parts.schema);
  await resetProgress(parts, manifest.takenAt);
  const erasures = erasuresAfter(manifest.takenAt, await parts.erasureNotes.read());
  const ending = { ...parts, wakeRelay: () => undefined, holidays: publicHolidays(), wordCheck: passed };
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

/** Texts that are written again were checked the first time. */
const passed: WordCheck = { check: async () => "passed" };

/** Reports the rows that were written after the copy was made, as far as the noted ends show them. */
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

/** Puts back events that had left their outboxes when their aggregates were copied. Returns their number. */
async function putBack({ store, identities }: RestoreParts, folder: string, after: Part): Promise<number> {
  const rows: LogRow[] = [];
  for await (const bytes of readPart(folder, after, identities)) rows.push(deserialize(bytes) as LogRow);
  let count = 0;
  for (const row of rows) if (await store.outbox.putBack(aggregateOf(row), eventOf(row))) count++;
  return count;
}

/**
 * Relays the events in the outboxes, as a server would, and moves the offset of the deliveries consumer to the end: a
 * message outside the app must be sent at most once. The other consumers are idempotent and continue from their
 * offsets.
 */
async function settleLog({ store, keys, clock, log }: RestoreParts, anchors: ReturnType<typeof createFileAnchors>) {
  const relay = createRelay({ store, keys, clock, log, holder: "restore", consumers: [], anchors });
  await relay.drain();
  await relay.stop();
  for (const communityId of [...(await store.communities.ids()), INSTALLATION]) {
    const tail = await store.log.tail(communityId);
    if (!tail) continue;
    await store.partitions.addOffsets([DELIVERIES], communityId);
    await store.partitions.commitOffset([DELIVERIES], communityId, tail.pos);
  }
}
