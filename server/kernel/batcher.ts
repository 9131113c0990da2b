import DataLoader from "dataloader";

/** So many leave together at most: one command of the database. */
const MAX_BATCH = 100;

/**
 * What comes while others are under way waits for them and leaves together with what else has come: the more there is to
 * do, the less each costs. `run` gets the items in the order in which they came and gives a value or an Error for each;
 * when it rejects, all of them do.
 *
 * A DataLoader without its cache and with a schedule of its own. As it comes it starts a command in every turn of the
 * event loop, which costs at least three times as much under load (docs/adr/0103-caches-and-loaders.md).
 */
export function createBatcher<In, Out>(
  run: (items: readonly In[]) => Promise<readonly (Out | Error)[]>,
): (item: In) => Promise<Out> {
  const waiting: (() => void)[] = [];
  let busy = false;

  function dispatchNext(): void {
    const dispatch = busy ? undefined : waiting.shift();
    if (!dispatch) return;
    busy = true;
    // What comes in the same turn of the event loop leaves with it.
    setImmediate(dispatch);
  }

  const loader = new DataLoader<In, Out>(
    async (items) => {
      try {
        return await run(items);
      } finally {
        busy = false;
        dispatchNext();
      }
    },
    {
      cache: false,
      maxBatchSize: MAX_BATCH,
      batchScheduleFn(dispatch) {
        waiting.push(dispatch);
        dispatchNext();
      },
    },
  );
  return (item) => loader.load(item);
}
