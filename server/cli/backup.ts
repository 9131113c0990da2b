import { writeBackup } from "../operations/backup/write-backup.ts";
import { SCHEMA } from "../core/store/migrations/list.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { withStore } from "./with-store.ts";

/** `npm run backup`: backs up the whole database, also while servers run. The keys are not included. */
const values = readOptions(commands.backup);
const say = (line: string): void => console.log(line);

await withStore(async ({ store, dump, clock, database, dataDir }) => {
  const stamp = clock.now().toISOString().slice(0, 19).replaceAll(":", "");
  const path = values.out ?? `${dataDir}/backups/${stamp}Z`;
  say(`备份 ${database} 到 ${path}：`);
  const { parts, tails } = await writeBackup({ store, dump, clock, database, schema: SCHEMA, say }, path);
  const rows = Object.values(tails).reduce((sum, { pos }) => sum + pos, 0);
  say(`备好了：${parts.length} 个集合，台账 ${rows} 行。密钥文件不在里面，请另外保存；备份里有个人信息，请加密存放。`);
  return 0;
});
