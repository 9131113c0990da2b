import type { argon2Sync } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

type Parameters = globalThis.Parameters<typeof argon2Sync>[1];

export interface HashJob {
  id: number;
  parameters: Parameters;
}
export type HashReply = { id: number; derived: Uint8Array } | { id: number; failed: string };

interface Thread {
  worker: Worker;
  /** What it was asked and has not answered. */
  asked: Map<number, { resolve(derived: Buffer): void; reject(error: Error): void }>;
}

/** Threads that hash. More than there are cores would only take turns, and each hash needs 19 MiB. */
const THREADS = Math.min(4, availableParallelism());

/**
 * Derives keys by argon2id in threads of its own, which are started with the first of them and do not keep the process
 * alive. Node's pool of threads also serves files, compression and names, and whoever keeps it busy would hold up
 * logins.
 */
export function createHashThreads(count = THREADS): (parameters: Parameters) => Promise<Buffer> {
  const threads: Thread[] = [];
  let lastId = 0;

  function start(): Thread {
    const worker = new Worker(new URL("password-worker.ts", import.meta.url));
    const thread: Thread = { worker, asked: new Map() };
    worker.unref();
    worker.on("message", (reply: HashReply) => {
      const waiting = thread.asked.get(reply.id);
      thread.asked.delete(reply.id);
      if (thread.asked.size === 0) worker.unref();
      if ("derived" in reply) waiting?.resolve(Buffer.from(reply.derived));
      else waiting?.reject(new Error(reply.failed));
    });
    const ended = (error: Error): void => {
      const at = threads.indexOf(thread);
      if (at >= 0) threads.splice(at, 1);
      for (const { reject } of thread.asked.values()) reject(error);
      thread.asked.clear();
    };
    worker.once("error", ended);
    worker.once("exit", () => ended(new Error("a thread that hashes passwords has ended")));
    threads.push(thread);
    return thread;
  }

  /** The thread with the least to do. A new one, while there are fewer than `count` and all have something to do. */
  function choose(): Thread {
    const [least] = threads.toSorted((a, b) => a.asked.size - b.asked.size);
    return !least || (least.asked.size > 0 && threads.length < count) ? start() : least;
  }

  return (parameters) =>
    new Promise((resolve, reject) => {
      const { worker, asked } = choose();
      const id = ++lastId;
      asked.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, parameters } satisfies HashJob, []);
    });
}
