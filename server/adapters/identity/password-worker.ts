import { argon2Sync } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { HashJob, HashReply } from "./hash-threads.ts";

/**
 * Thread: derives keys by argon2id, one after the other. Called like this, Node computes in this thread and not in the
 * pool that it shares with files, compression and names.
 */
parentPort?.on("message", ({ id, parameters }: HashJob) => {
  let reply: HashReply;
  try {
    reply = { id, derived: argon2Sync("argon2id", parameters) };
  } catch (error) {
    reply = { id, failed: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply, []);
});
