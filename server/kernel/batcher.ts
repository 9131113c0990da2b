import DataLoader from "dataloader";
import { DatabaseSilentError } from "./database-away.ts";
import { settlesWithin } from "./settles-within.ts";

/** The most items of one batch, which is one command of the database. */
const MAX_BATCH = 100;
/** A command that takes longer fails those who wait for it, and the next one leaves, ms. */
const BATCH_LIMIT_MS = 20_000;

/**
 * What comes while others are under way waits for them and leaves together with what else has come: the more there is
 * to do, the less each costs. `run` gets the items in the order in which they came and gives a value or an Error for
 * each; when it rejects, or does not end within a limit, all of them reject: with what it said, or with {@link
 * DatabaseSilentError}. So no command that hangs holds up those who come after it.
 *
 * It is a DataLoader without cache and with its own schedule. DataLoader's default starts a command in every turn of
 * the event loop, which costs at least three times as much under load (docs/adr/0103-caches-and-loaders.md).
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
    // Items that arrive in the same turn of the event loop are in the same batch.
    setImmediate(dispatch);
  }

  const loader = new DataLoader<In, Out>(
    async (items) => {
      try {
        const running = run(items);
        if (await settlesWithin(running, BATCH_LIMIT_MS)) return await running;
        throw new DatabaseSilentError(`no answer within ${BATCH_LIMIT_MS} ms`);
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
