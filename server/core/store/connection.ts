import mongoose from "mongoose";
import { endWritesOnClose } from "./end-writes-on-close.ts";

/** How long somebody who asks waits for an answer of the database at most, ms; twice, where the driver asks again. */
const ANSWER_MS = 15_000;

/** Reads and writes are of one document by design; what is read is what a majority has. */
const options: mongoose.ConnectOptions = {
  autoIndex: false,
  autoCreate: false,
  // Mongoose would keep what is asked while the line is down, and give a promise where the driver gives a cursor.
  bufferCommands: false,
  maxPoolSize: 32,
  // Every wait has a limit: for a server, for a line, for a free one in the pool, for the answer.
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: ANSWER_MS,
  writeConcern: { w: "majority", journal: true },
};

export interface ConnectOptions {
  /** For programs that go through everything: an answer may take as long as it takes. */
  patient?: boolean;
}

/**
 * Opens a connection of its own (no global mongoose state), so that tests can have many. Rejects when no server
 * answers in 5 s.
 */
export async function connect(
  uri: string,
  dbName?: string,
  { patient = false }: ConnectOptions = {},
): Promise<mongoose.Connection> {
  endWritesOnClose();
  const waits = patient ? { socketTimeoutMS: 0 } : {};
  return mongoose.createConnection(uri, { ...options, ...waits, ...(dbName ? { dbName } : {}) }).asPromise();
}

/** Asks the database on a new connection, and closes it. Rejects when it does not answer within the limits. */
export async function reach(uri: string, dbName: string): Promise<void> {
  const connection = await connect(uri, dbName);
  try {
    await connection.collection("meta").findOne({});
  } finally {
    await connection.close(true);
  }
}

/** An index of a large collection takes as long as it takes. */
const unhurried: object = { socketTimeoutMS: 0 };

/** Creates every collection and index that the models of the connection declare. Safe to repeat. */
export async function prepareDatabase(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    for (const [keys, index] of model.schema.indexes() as [mongoose.mongo.IndexSpecification, object][])
      await model.collection.createIndex(keys, index, unhurried);
  }
}
