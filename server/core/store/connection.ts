import mongoose from "mongoose";

/** Reads and writes are of one document by design; what is read is what a majority has. */
const options: mongoose.ConnectOptions = {
  autoIndex: false,
  autoCreate: false,
  maxPoolSize: 32,
  serverSelectionTimeoutMS: 10_000,
  writeConcern: { w: "majority", journal: true },
};

/**
 * Opens a connection of its own (no global mongoose state), so that tests can have many. Rejects when no server
 * answers in 10 s.
 */
export async function connect(uri: string, dbName?: string): Promise<mongoose.Connection> {
  return mongoose.createConnection(uri, { ...options, ...(dbName ? { dbName } : {}) }).asPromise();
}

/** Creates every collection and index that the models of the connection declare. Safe to repeat. */
export async function prepareDatabase(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
