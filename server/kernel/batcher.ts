/** What came of one of several things that were done together. */
export type Outcome<T> = { done: T } | { failed: unknown };

/** So many leave together at most: one command of the database. */
const MOST_TOGETHER = 100;

/**
 * What comes while others are under way waits for them and leaves together with what else has come: the more there is to do, the less each
 * costs. `run` gets the items in the order in which they came and gives an outcome for each; when it rejects, all of them do. At most
 * `lanes` runs are under way at once.
 */
export function createBatcher<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Outcome<Out>[]>,
  lanes = 1,
): (item: In) => Promise<Out> {
  interface Waiting {
    item: In;
    resolve: (done: Out) => void;
    reject: (failed: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let underWay = 0;
  let called = false;

  /** Whoever comes in the same turn of the event loop comes along. */
  function call(): void {
    if (called || underWay >= lanes || !waiting.length) return;
    called = true;
    setImmediate(() => {
      called = false;
      void leave(waiting.splice(0, MOST_TOGETHER)).finally(() => {
        underWay--;
        call();
      });
      call();
    });
  }

  async function leave(batch: readonly Waiting[]): Promise<void> {
    underWay++;
    try {
      const outcomes = await run(batch.map(({ item }) => item));
      for (const [n, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[n];
        if (outcome && "done" in outcome) resolve(outcome.done);
        else reject(outcome?.failed ?? new Error("a batch forgot one of its items"));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      call();
    });
}
