/** What every command handler works with. */
import type { RetryableWrites } from "./retryable-writes.ts";
import type { PgClient } from "./pg-client.ts";
import type { Pool } from "./pg-pool.ts";
import type { Cursors } from "./cursors.ts";
import type { Fields } from "./fields.ts";
import type { Collections } from "./collections.ts";

export interface Gateway {
  /** host:port that clients connect to. */
  address: string;
  commands: Pool;
  /** For what is asked on the way: it does not wait until one of `commands` is free. */
  asides: Pool;
  /** One connection: changes to collections and indexes happen one behind the other. */
  definitions: Pool;
  retryableWrites: RetryableWrites;
  cursors: Cursors;
  collections: Collections;
}

/** One command of one client. */
export interface Call {
  gateway: Gateway;
  name: string;
  database: string;
  /** The command's own value when it is a string: the collection. */
  collection: string;
  fields: Fields;
  body: Buffer;
  sequence: Buffer | null;
  connectionId: number;
  /** Runs statements on a connection of the pool. */
  run<T>(work: (client: PgClient) => Promise<T>): Promise<T>;
}

export type Handler = (call: Call) => Promise<Buffer>;
