import { readFile } from "node:fs/promises";
import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { parseAnchorFile } from "../log/anchor-file.ts";
import { createFileAnchors } from "../log/anchors.ts";
import { verifyLog } from "../log/verify-log.ts";
import { loadKeys } from "../adapters/keys/keys.ts";
import { connect } from "../core/store/connection.ts";
import { openKeeping } from "../open-store.ts";
import { checkAnchorFile } from "./check-anchor-file.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { formatFaults } from "./format-faults.ts";

/**
 * `npm run log:verify`: verifies every log and every aggregate, prints faults and next steps, and exits 1 when there
 * are any. May run beside a server. `-- --anchors file` checks only an exported anchor file, without the database; `--
 * --against file` also compares the logs with such a file.
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
  const connection = await connect(engine.uri, env.mongo.database, { patient: true });
  try {
    const keys = await loadKeys(env.keysFile);
    const { store, derivedFaults } = openKeeping(connection, keys);
    const report = await verifyLog(
      store,
      keys,
      createFileAnchors(`${env.dataDir}/anchors.json`),
      against?.communities,
      // The people and communities of a demo were stored without events.
      { strict: !env.demo, derived: derivedFaults() },
    );
    for (const line of formatFaults(report)) say(line);
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
