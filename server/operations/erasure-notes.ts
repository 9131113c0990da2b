import { appendFile, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Somebody closed an account: by which ids it was known (its own, and of accounts merged into it), and when. Nothing
 * that says who it was.
 */
export interface Erasure {
  ids: readonly string[];
  at: Date;
}

/**
 * Erasures, noted outside the database: a backup of before brings the person back, and whoever restores it must erase
 * them again. A note is on disk when `track` resolves.
 */
export interface ErasureNotes {
  note(erasure: Erasure): Promise<void>;
  /** Every one, the oldest first. */
  read(): Promise<Erasure[]>;
}

const isErasure = (value: unknown): value is { ids: string[]; at: string } => {
  const { ids, at } = (value ?? {}) as { ids?: unknown; at?: unknown };
  return Array.isArray(ids) && ids.every((id) => typeof id === "string") && !Number.isNaN(Date.parse(String(at)));
};

/** A line that a crash broke off is none: the account is found closed in the database and noted again. */
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

/** Notes in a file of one line each, appended to, so that several processes and machines that die write into one. */
export function createFileErasures(path: string): ErasureNotes {
  return {
    async note({ ids, at }) {
      await mkdir(dirname(path), { recursive: true });
      // On a line of its own, whatever a crash has left before it.
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

/** Notes kept in memory only: for tests. */
export function createMemoryErasures(): ErasureNotes {
  const notes: Erasure[] = [];
  return {
    async note(erasure) {
      notes.push(erasure);
    },
    read: async () => byTime(notes),
  };
}
