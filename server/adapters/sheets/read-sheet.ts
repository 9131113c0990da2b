import { Worker } from "node:worker_threads";
import { DomainError } from "../../kernel/errors.ts";
import { declaredBytes, isZip } from "./zip-size.ts";

/** A list that people keep by hand is far smaller. Bytes. */
const MAX_BYTES = 2 * 1024 * 1024;
/** What it may become when unpacked; the reader never goes beyond what the file declares. Bytes. */
const MAX_UNPACKED = 40 * 1024 * 1024;
export const MAX_ROWS = 5_000;
const MAX_MS = 10_000;
/** Of JavaScript objects, in the thread that reads. */
const MAX_HEAP_MB = 256;

export interface Sheets {
  /** The first sheet as rows of texts. Throws `sheet.unreadable`, `sheet.too_large`. */
  read(bytes: Buffer): Promise<string[][]>;
}

/**
 * Reads what somebody uploads, CSV or XLSX, in a thread of its own with limits: a malicious file is refused and does
 * not affect other requests.
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
      workerData: { bytes, maxRows: MAX_ROWS + 2 },
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
