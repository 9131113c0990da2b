/** A few PostgreSQL connections that commands share. */
import type { PgClient } from "./pg-client.ts";

export interface Pool {
  /** Runs work on a connection of its own. Waits for one when all are busy. */
  use<T>(work: (client: PgClient) => Promise<T>): Promise<T>;
  close(): void;
}

/** Makes a pool of at most `size` connections, opened as they are needed by `open`. */
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

  /** Hands the place to the next in the queue, so that nobody slips in between. */
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
