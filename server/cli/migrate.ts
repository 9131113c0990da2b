import { randomUUID } from "node:crypto";
import { migrate, pending } from "../operations/schema.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { withStore } from "./with-store.ts";

/**
 * `npm run migrate [-- --dry-run]`: migrates the database to this program's version; `--dry-run` only lists the
 * changes.
 */
const values = readOptions(commands.migrate);
const say = (line: string): void => console.log(line);

await withStore(
  async (shelf) => {
    const due = await pending(shelf);
    if (!due.length) say("数据库已经是这个程序的版本，没有要升级的。");
    for (const { to, what, documents } of due) say(`版本 ${to}：${what}（${documents} 份文档）`);
    if (!due.length || values["dry-run"]) return 0;
    await migrate({ ...shelf, holder: randomUUID(), say });
    say("升级好了。");
    return 0;
  },
  { bare: true },
);
