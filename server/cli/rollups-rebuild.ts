import { startEngine } from "../../engine/index.ts";
import { readEnv } from "../env.ts";
import { replay } from "../events/consumer.ts";
import { figuresConsumer } from "../events/figures.ts";
import { connect } from "../store/connection.ts";
import { createStore } from "../store/store.ts";
import { rebuildRollups } from "../usecases/figures/rebuild-rollups.ts";

/** `npm run rollups:rebuild`: makes rounds and daily roll-ups anew from the log. Also beside a running server. */
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
  const store = createStore(connection);
  const figures = figuresConsumer(store);
  const { communities, days } = await rebuildRollups({ store }, async (id) => {
    console.log(`重读 ${id} 的台账……`);
    await replay(store, figures, id);
  });
  console.log(`重算了 ${communities} 个社区的 ${days} 个日汇总。`);
} finally {
  await connection.close();
  await engine.stop();
}
