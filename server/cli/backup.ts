import { writeBackup } from "../operations/backup/write-backup.ts";
import { SCHEMA } from "../core/store/migrations/list.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { withStore } from "./with-store.ts";

/** `npm run backup`: backs up the whole database, also while servers run. The keys are not included. */
const values = readOptions(commands.backup);
const say = (line: string): void => console.log(line);
await withStore(
  async ({ store, dump, clock, database, dataDir, env: { production, backupRecipients: recipients } }) => {
    if (production && !recipients.length && !values.plain) {
      console.error(
        "生产环境的备份要加密：请用 npm run backup:key 生成密钥，把印出来的 age1… 填进 BACKUP_RECIPIENTS；确实要不加密的，加 --plain。",
      );
      return 1;
    }
    const stamp = clock.now().toISOString().slice(0, 19).replaceAll(":", "");
    const path = values.out ?? `${dataDir}/backups/${stamp}Z`;
    say(`备份 ${database} 到 ${path}：`);
    const { parts, tails } = await writeBackup({ store, dump, clock, database, schema: SCHEMA, recipients, say }, path);
    const rows = Object.values(tails).reduce((sum, { pos }) => sum + pos, 0);
    const kept = recipients.length
      ? `已加密给 ${recipients.length} 把密钥，打开要用其中一把`
      : "备份里有个人信息，没有加密，请放在加密的磁盘上";
    say(`备好了：${parts.length} 个集合，台账 ${rows} 行。密钥文件不在里面，请另外保存；${kept}。`);
    return 0;
  },
);
