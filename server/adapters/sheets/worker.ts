import { parentPort, workerData } from "node:worker_threads";
import { parseCsv } from "hucre/csv";
import { streamXlsxRows } from "hucre/xlsx";
import { decodeText } from "./decode-text.ts";
import { isZip } from "./zip-size.ts";

/** Reads one sheet and answers with its rows as texts, or null when it is none. */
const { bytes, maxRows } = workerData as { bytes: Uint8Array; maxRows: number };

type Cell = string | number | boolean | Date | null | undefined;

const textOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
};

async function read(buffer: Buffer): Promise<string[][] | null> {
  const rows: string[][] = [];
  if (isZip(buffer)) {
    for await (const { index, values } of streamXlsxRows(buffer, { sheet: 0 })) {
      const texts = values.slice(0, 50).map(textOf);
      if (texts.every((text) => text === "")) continue;
      // Rows keep their numbers: what is empty in between is not told.
      while (rows.length < Math.min(index, maxRows)) rows.push([]);
      rows.push(texts);
      if (rows.length >= maxRows) break;
    }
    return rows;
  }
  const text = decodeText(buffer);
  if (text === null) return null;
  return parseCsv(text, { maxRows }).map((row) => row.slice(0, 50).map(textOf));
}

try {
  parentPort?.postMessage(await read(Buffer.from(bytes)), []);
} catch {
  // Whatever is wrong with the file, it is not a sheet.
  parentPort?.postMessage(null, []);
}
