import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { connect } from "../core/store/connection.ts";
import { openStore } from "../open-store.ts";
import { indexLog } from "../log/usecases/index-log.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";

/** `npm run search:rebuild`: recomputes the search terms of the log's rows. May run beside a server. */
readOptions(commands.searchRebuild);
const env = readEnv();
const engine = await startEngine({
  dataDir: env.dataDir,
  uri: env.mongo.uri,
  choice: env.mongo.choice,
  share: true,
  log: (line) => console.log(line),
});
const connection = await connect(engine.uri, env.mongo.database, { patient: true });
try {
  const { communities, rows } = await indexLog({ store: openStore(connection).store });
  console.log(`重建了 ${communities} 条链、${rows} 行台账的检索。`);
} finally {
  await connection.close();
  await engine.stop();
}
