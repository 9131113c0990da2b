import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Tail } from "./seal.ts";

/**
 * The end of each community's log, noted outside the database: whoever cuts off the tail of the log, and sets the aggregates back
 * with it, is still found out. A note may lag behind by a second; it never runs ahead.
 */
export interface Anchors {
  note(communityId: string, tail: Tail): void;
  /** The last note of each community. */
  read(): Promise<Record<string, Tail>>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** How long notes are gathered before the file is written, ms. */
const GATHER_MS = 1_000;

/** Anchors in one JSON file, replaced as a whole. */
export function createFileAnchors(path: string): Anchors {
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

  async function write(): Promise<void> {
    if (!notes.size) return;
    const merged = await read();
    for (const [communityId, tail] of notes) {
      if ((merged[communityId]?.pos ?? 0) < tail.pos) merged[communityId] = tail;
    }
    notes.clear();
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(merged, null, 1));
    await rename(`${path}.new`, path);
  }

  return {
    note(communityId, tail) {
      notes.set(communityId, tail);
      timer ??= setTimeout(() => {
        timer = null;
        writing = writing.then(write);
      }, GATHER_MS).unref();
    },
    read,
    async flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      writing = writing.then(write);
      await writing;
    },
  };
}

/** Anchors kept in memory only: for tests. */
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
