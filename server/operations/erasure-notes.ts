import { appendFile, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * A closed account: its ids, including those of accounts merged into it, and when it was closed. It has no other
 * personal data.
 */
export interface Erasure {
  ids: readonly string[];
  at: Date;
}

/**
 * Notes of closed accounts outside the database. A restored older backup has the accounts again, and they must be
 * erased again. A note is on disk when `note` resolves.
 */
export interface ErasureNotes {
  note(erasure: Erasure): Promise<void>;
  /** All notes, the oldest first. */
  read(): Promise<Erasure[]>;
}

const isErasure = (value: unknown): value is { ids: string[]; at: string } => {
  const { ids, at } = (value ?? {}) as { ids?: unknown; at?: unknown };
  return Array.isArray(ids) && ids.every((id) => typeof id === "string") && !Number.isNaN(Date.parse(String(at)));
};

/**
 * A line that a crash has truncated is skipped. Its account is closed in the database and is noted again from there.
 */
function parsed(line: string): Erasure[] {
  try {
    const value: unknown = JSON.parse(line);
    return isErasure(value) ? [{ ids: value.ids, at: new Date(value.at) }] : [];
  } catch {
    return [];
  }
}

const byTime = (erasures: readonly Erasure[]): Erasure[] =>
  erasures.toSorted((a, b) => a.at.getTime() - b.at.getTime());

/**
 * Keeps notes in a file, one line each. Notes are only appended, so that several processes and machines can share the
 * file and a crash loses none.
 */
export function createFileErasures(path: string): ErasureNotes {
  return {
    async note({ ids, at }) {
      await mkdir(dirname(path), { recursive: true });
      // A leading line break separates the note from a truncated line before it.
      const file = await open(path, "a", 0o600);
      try {
        await appendFile(file, `\n${JSON.stringify({ ids, at: at.toISOString() })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async read() {
      try {
        return byTime((await readFile(path, "utf8")).split("\n").flatMap(parsed));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
        throw error;
      }
    },
  };
}

/** Keeps notes in memory only, for tests. */
export function createMemoryErasures(): ErasureNotes {
  const notes: Erasure[] = [];
  return {
    async note(erasure) {
      notes.push(erasure);
    },
    read: async () => byTime(notes),
  };
}
