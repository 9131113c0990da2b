import { writeFile } from "node:fs/promises";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";

/** `npm run backup:key -- --out file`: makes an identity of age for encrypted backups, and prints its recipient. */
const { out } = readOptions(commands.backupKey);

async function makeKey(path: string): Promise<number> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  try {
    // As `age-keygen` writes it.
    await writeFile(path, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === "EEXIST";
    console.error(
      there ? `${path} 已经有了：换一个文件名，旧的还要用来打开旧的备份。` : `${path} 写不了：请核对目录。`,
    );
    return 1;
  }
  console.log(`密钥在 ${path}：请存两份，由两个人分别保管，不要留在服务器上。`);
  console.log(`服务器上填：BACKUP_RECIPIENTS=${recipient}`);
  return 0;
}

if (out) process.exitCode = await makeKey(out);
else {
  console.error("请说明密钥放在哪个文件：npm run backup:key -- --out 文件");
  process.exitCode = 1;
}
