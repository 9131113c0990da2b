/** The context of command handlers. */
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
  /** For auxiliary queries during a command. They must not wait for a free connection of `commands`. */
  asides: Pool;
  /** A single connection, so that changes of collections and indexes run one after the other. */
  definitions: Pool;
  retryableWrites: RetryableWrites;
  cursors: Cursors;
  collections: Collections;
}

/** A command of a client. */
export interface Call {
  gateway: Gateway;
  name: string;
  database: string;
  /** The command's value if it is a string, which is the collection. */
  collection: string;
  fields: Fields;
  body: Buffer;
  sequence: Buffer | null;
  connectionId: number;
  /** Runs statements on a connection of the pool. */
  run<T>(work: (client: PgClient) => Promise<T>): Promise<T>;
}

export type Handler = (call: Call) => Promise<Buffer>;
