import { replay } from "../log/consumer.ts";
import { figuresConsumer } from "../modules/figures/consumer.ts";
import { rebuildRollups } from "../modules/figures/usecases/rebuild-rollups.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { withStore } from "./with-store.ts";

/** `npm run rollups:rebuild`: recomputes handling cycles and daily roll-ups from the log. */
readOptions(commands.rollupsRebuild);
await withStore(async ({ store, repositories }) => {
  const figures = figuresConsumer(repositories);
  const { communities, days } = await rebuildRollups(repositories, async (id) => {
    console.log(`重读 ${id} 的台账……`);
    await replay(store, figures, id);
  });
  console.log(`重算了 ${communities} 个社区的 ${days} 个日汇总。`);
  return 0;
});
