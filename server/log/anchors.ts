import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Tail } from "./seal.ts";

/**
 * The end of each community's log, noted outside the database: whoever cuts off the tail of the log, and sets the
 * aggregates back with it, is still found out. A note may lag behind by a second; it never runs ahead.
 */
export interface Anchors {
  note(communityId: string, tail: Tail): void;
  /** The last note of each community. */
  read(): Promise<Record<string, Tail>>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** How long notes are gathered before the file is written, ms. */
const WRITE_DELAY_MS = 1_000;

/** Anchors in one JSON file, replaced as a whole. */
export function createFileAnchors(path: string): Anchors {
  /** The last note of each community; kept, so that one that another process has overwritten is written again. */
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
    // Of its own each time: two that write at once must not write into one file.
    const written = `${path}.${randomUUID()}.new`;
    await writeFile(written, JSON.stringify({ ...kept, ...Object.fromEntries(missing) }, null, 1));
    await rename(written, path);
    // Another process may have replaced the file between our reading and our writing, or may do so now.
    soon();
  }

  /** After what was written before, whatever came of that. */
  const later = (): Promise<void> => (writing = writing.catch(() => undefined).then(write));

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      // A disk that is full ends no server: the notes are kept, and the next time tries again.
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
