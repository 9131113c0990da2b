import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Tail } from "./seal.ts";

/**
 * The end of each community's log, noted outside the database. The note reveals a log whose tail was cut off, even when
 * the aggregates were reset with it. A note may lag behind the log by a second but never precedes it.
 */
export interface Anchors {
  note(communityId: string, tail: Tail): void;
  /** The last note of each community, by community id. */
  read(): Promise<Record<string, Tail>>;
  /** Writes pending notes now. */
  flush(): Promise<void>;
}

/** How long notes are collected before the file is written, ms. */
const WRITE_DELAY_MS = 1_000;

/** Keeps anchors in one JSON file, which each write replaces as a whole. */
export function createFileAnchors(path: string): Anchors {
  /**
   * The last note of each community. Notes are kept after writing, since another process may overwrite them in the
   * file.
   */
  const notes = new Map<string, Tail>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function read(): Promise<Record<string, Tail>> {
    try {
      return JSON.parse(await readFile(path, "utf8")) as Record<string, Tail>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
      throw error;
    }
  }

  const lacking = (kept: Readonly<Record<string, Tail>>): [string, Tail][] =>
    [...notes].filter(([communityId, tail]) => (kept[communityId]?.pos ?? 0) < tail.pos);

  async function write(): Promise<void> {
    const kept = await read();
    const missing = lacking(kept);
    if (!missing.length) return;
    await mkdir(dirname(path), { recursive: true });
    // Each write has its own temporary file, since two processes may write at once.
    const written = `${path}.${randomUUID()}.new`;
    await writeFile(written, JSON.stringify({ ...kept, ...Object.fromEntries(missing) }, null, 1));
    await rename(written, path);
    // Another process may have replaced the file between the read and the rename. The next round checks for it.
    soon();
  }

  /** Queues a write after the previous one, even if that failed. */
  const later = (): Promise<void> => (writing = writing.catch(() => undefined).then(write));

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      // A failed write, such as on a full disk, must not end the server. The notes are kept for the next write.
      later().catch(() => undefined);
    }, WRITE_DELAY_MS).unref();
  }

  return {
    note(communityId, tail) {
      notes.set(communityId, tail);
      soon();
    },
    read,
    async flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      await later();
    },
  };
}

/** Keeps anchors in memory only, for tests. */
export function createMemoryAnchors(): Anchors {
  const notes: Record<string, Tail> = {};
  return {
    note(communityId, tail) {
      notes[communityId] = tail;
    },
    read: async () => ({ ...notes }),
    flush: async () => undefined,
  };
}
