import { pino } from "pino";
import { type Erasure, createFileErasures } from "../operations/erasure-notes.ts";
import { InvalidBackupError, readManifest } from "../operations/backup/archive.ts";
import { LockedBackupError, readIdentities } from "../operations/backup/encryption.ts";
import { erasuresAfter } from "../operations/backup/redo-erasures.ts";
import { restoreObstacles, restoreBackup } from "../operations/backup/restore-backup.ts";
import { SCHEMA } from "../core/store/migrations/list.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { formatFaults } from "./format-faults.ts";
import { withStore } from "./with-store.ts";

/**
 * `npm run restore -- --from folder [--identity file] [--dry-run] [--replace] [--erasures file]`: restores a backup,
 * erases accounts again that were closed since, and verifies the log. `--identity` opens an encrypted backup.
 * `--erasures` adds erasure notes of another machine. Both may be repeated. `--dry-run` only checks whether a restore
 * is possible. Exits 1 when it is not, or when the log has faults.
 */
const values = readOptions(commands.restore);
const say = (line: string): void => console.log(line);
const refuse = (sentences: readonly string[]): number => {
  for (const sentence of sentences) console.error(sentence);
  return 1;
};

const { from } = values;
if (!from) process.exitCode = refuse(["请说明用哪一份备份：npm run restore -- --from 备份目录"]);
else await withStore((shelf) => restore(shelf, from), { bare: true });

async function restore(shelf: Parameters<Parameters<typeof withStore>[0]>[0], folder: string): Promise<number> {
  const log = pino({ level: "warn" });
  const { dataDir } = shelf;
  const erasureNotes = createFileErasures(`${dataDir}/erasures.jsonl`);
  const identities: string[] = [];
  for (const path of values.identity ?? []) {
    const read = await readIdentities(path);
    if (!read) return refuse([`${path} 里没有能用的密钥（AGE-SECRET-KEY-1… 的一行）：请核对文件。`]);
    identities.push(...read);
  }
  const parts = {
    ...shelf,
    identities,
    log,
    erasureNotes,
    anchorsFile: `${dataDir}/anchors.json`,
    schema: SCHEMA,
    say,
  };
  try {
    const manifest = await readManifest(folder, identities);
    const found = await restoreObstacles(parts, manifest, values.replace ?? false);
    if (found.length) return refuse(found);
    const documents = manifest.parts.reduce((sum, part) => sum + part.documents, 0);
    say(`${folder}：${manifest.takenAt} 的备份，${manifest.parts.length} 个集合，${documents} 份文档，校验和相符。`);
    const others: Erasure[] = [];
    for (const path of values.erasures ?? []) {
      const notes = await createFileErasures(path).read();
      if (!notes.length) return refuse([`${path} 里没有注销记录：请核对文件名；没有这样的文件，就不要写 --erasures。`]);
      others.push(...notes);
    }
    const later = erasuresAfter(manifest.takenAt, [...(await erasureNotes.read()), ...others]);
    say(`备份以后（及之前一天）的注销记录 ${later.length} 条：恢复后照它重新抹去。`);
    if (values["dry-run"]) {
      say(`可以恢复到 ${shelf.database}。这次只是试，什么都没有改。`);
      return 0;
    }
    for (const erasure of others) await erasureNotes.note(erasure);
    const report = await restoreBackup(parts, folder, manifest);
    const { rows, aggregates, faults } = report;
    for (const line of formatFaults(report)) say(line);
    say(
      `恢复好了：核对了 ${rows} 行台账与 ${aggregates} 份单据，${faults.length ? `${faults.length} 处不符` : "全部相符"}。大家需要重新登录。`,
    );
    return faults.length ? 1 : 0;
  } catch (error) {
    if (!(error instanceof InvalidBackupError || error instanceof LockedBackupError)) throw error;
    return refuse([error.message]);
  }
}
