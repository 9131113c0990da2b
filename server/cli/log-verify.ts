import { readFile } from "node:fs/promises";
import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { parseAnchorFile } from "../log/anchor-file.ts";
import { createFileAnchors } from "../log/anchors.ts";
import { verifyLog } from "../log/verify-log.ts";
import { loadKeys } from "../adapters/keys/keys.ts";
import { connect } from "../core/store/connection.ts";
import { openStore } from "../open-store.ts";
import { checkAnchorFile } from "./check-anchor-file.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { linesOf } from "./fault-lines.ts";

/**
 * `npm run log:verify`: walks every log and every aggregate, names what is wrong and what to do, exits 1 if anything is. Also beside a running server.
 * `-- --anchors file` checks an exported file of anchors alone, without the database; `-- --against file` walks the logs and compares
 * them with the file too.
 */
const values = readOptions(commands.logVerify);
const env = readEnv();
const read = async (path: string | undefined) => (path ? parseAnchorFile(await readFile(path, "utf8")) : null);
const [alone, against] = [await read(values.anchors), await read(values.against)];
const say = (line: string): void => console.log(line);
if (alone && !(await checkAnchorFile(alone, env.keysFile, say))) process.exitCode = 1;
if (!alone) await verifyDatabase();

async function verifyDatabase(): Promise<void> {
  const engine = await startEngine({
    dataDir: env.dataDir,
    uri: env.mongo.uri,
    choice: env.mongo.choice,
    share: true,
    log: say,
  });
  const connection = await connect(engine.uri, env.mongo.database);
  try {
    const report = await verifyLog(
      openStore(connection).store,
      await loadKeys(env.keysFile),
      createFileAnchors(`${env.dataDir}/anchors.json`),
      against?.communities,
      // The people of the demo were not invited by anybody.
      { posts: !env.demo },
    );
    for (const line of linesOf(report)) say(line);
    const total = report.faults.length + report.more;
    say(
      `核对了 ${report.communities} 个社区的 ${report.rows} 行台账与 ${report.aggregates} 份单据：` +
        (total ? `发现 ${total} 处不符。` : "全部相符。"),
    );
    process.exitCode = report.faults.length ? 1 : 0;
  } finally {
    await connection.close();
    await engine.stop();
  }
}
