import { Worker } from "node:worker_threads";
import { DomainError } from "../../kernel/errors.ts";
import { declaredBytes, isZip } from "./zip-size.ts";

/** The size limit of an upload, bytes. Lists kept by hand are far smaller. */
const MAX_BYTES = 2 * 1024 * 1024;
/** The limit of the unpacked size, bytes. The reader never unpacks more than the file declares. */
const MAX_UNPACKED = 40 * 1024 * 1024;
export const MAX_ROWS = 5_000;
/** Characters; of a longer cell one more is read, and no pattern runs over the rest. */
const MAX_CELL = 2_000;
const MAX_MS = 10_000;
/** The heap limit of the reading thread. */
const MAX_HEAP_MB = 256;

export interface Sheets {
  /** The rows of the first sheet as strings. Throws `sheet.unreadable`, `sheet.too_large`. */
  read(bytes: Buffer): Promise<string[][]>;
}

/**
 * Reads an uploaded CSV or XLSX in a separate thread with limits on time and memory, so that a malicious file cannot
 * affect other requests.
 */
export function createSheets(): Sheets {
  return {
    async read(bytes) {
      const tooLarge = new DomainError("sheet.too_large", { most: MAX_ROWS });
      if (bytes.length > MAX_BYTES) throw tooLarge;
      if (isZip(bytes)) {
        const unpacked = declaredBytes(bytes);
        if (unpacked === null) throw new DomainError("sheet.unreadable");
        if (unpacked > MAX_UNPACKED) throw tooLarge;
      }
      const rows = await readApart(bytes);
      if (rows.length > MAX_ROWS + 1) throw tooLarge;
      return rows;
    },
  };
}

function readApart(bytes: Buffer): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.ts", import.meta.url), {
      workerData: { bytes, maxRows: MAX_ROWS + 2, maxCell: MAX_CELL },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const end = (then: () => void): void => {
      clearTimeout(timer);
      then();
      void worker.terminate();
    };
    const refused = (): void => end(() => reject(new DomainError("sheet.unreadable")));
    const timer = setTimeout(refused, MAX_MS);
    worker.once("message", (rows: string[][] | null) => (rows ? end(() => resolve(rows)) : refused()));
    worker.once("error", refused);
    worker.once("exit", refused);
  });
}
