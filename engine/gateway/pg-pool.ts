/** A pool of PostgreSQL connections. */
import type { PgClient } from "./pg-client.ts";

export interface Pool {
  /** Runs work on a connection that no other work uses meanwhile. Waits when all are busy. */
  use<T>(work: (client: PgClient) => Promise<T>): Promise<T>;
  close(): void;
}

/** Creates a pool of at most `size` connections, which `open` opens when needed. */
export function createPool(size: number, open: () => Promise<PgClient>): Pool {
  const idle: PgClient[] = [];
  const queue: (() => void)[] = [];
  let taken = 0;

  async function acquire(): Promise<PgClient> {
    if (taken < size) taken++;
    else await new Promise<void>((resolve) => queue.push(resolve));
    for (let client = idle.pop(); client !== undefined; client = idle.pop()) if (!client.broken) return client;
    try {
      return await open();
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Passes the place on to the next in the queue, so that no newer call can take it. */
  function free(): void {
    const next = queue.shift();
    if (next === undefined) taken--;
    else next();
  }

  function release(client: PgClient): void {
    if (!client.broken) idle.push(client);
    free();
  }

  return {
    async use(work) {
      const client = await acquire();
      try {
        return await work(client);
      } finally {
        release(client);
      }
    },
    close() {
      for (const client of idle.splice(0)) client.close();
    },
  };
}
