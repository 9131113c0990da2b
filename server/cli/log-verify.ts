import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { createFileAnchors } from "../events/anchors.ts";
import { verifyLog } from "../events/verify-log.ts";
import { loadKeys } from "../keys/keys.ts";
import { connect } from "../store/connection.ts";
import { createStore } from "../store/store.ts";

/** `npm run log:verify`: walks every log and every aggregate, names what is wrong, exits 1 if anything is. Also beside a running server. */
const env = readEnv();
const engine = await startEngine({
  dataDir: env.dataDir,
  uri: env.mongo.uri,
  choice: env.mongo.choice,
  share: true,
  log: (line) => console.log(line),
});
const connection = await connect(engine.uri, env.mongo.database);
try {
  const report = await verifyLog(
    createStore(connection),
    await loadKeys(env.keysFile),
    createFileAnchors(`${env.dataDir}/anchors.json`),
  );
  for (const { where, what } of report.faults) console.log(`不符：${where}：${what}`);
  console.log(
    `核对了 ${report.communities} 个社区的 ${report.rows} 行台账与 ${report.aggregates} 份单据：` +
      (report.faults.length ? `发现 ${report.faults.length} 处不符。` : "全部相符。"),
  );
  process.exitCode = report.faults.length ? 1 : 0;
} finally {
  await connection.close();
  await engine.stop();
}
