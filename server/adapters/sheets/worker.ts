import { parentPort, workerData } from "node:worker_threads";
import { parseCsv } from "hucre/csv";
import { streamXlsxRows } from "hucre/xlsx";
import { decodeText } from "./decode-text.ts";
import { isZip } from "./zip-size.ts";

/** Worker thread: reads one sheet and posts its rows as strings, or null when the file is not a sheet. */
const { bytes, maxRows, maxCell } = workerData as { bytes: Uint8Array; maxRows: number; maxCell: number };

type Cell = string | number | boolean | Date | null | undefined;

const textOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return "";
  // One character over the limit, so that the reader of the rows sees that the cell was too long.
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).slice(0, maxCell + 1);
};

async function read(buffer: Buffer): Promise<string[][] | null> {
  const rows: string[][] = [];
  if (isZip(buffer)) {
    for await (const { index, values } of streamXlsxRows(buffer, { sheet: 0 })) {
      const texts = values.slice(0, 50).map(textOf);
      if (texts.every((text) => text === "")) continue;
      // The reader skips empty rows. They are added so that row numbers stay right.
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
  // An error of any kind means that the file is not a readable sheet.
  parentPort?.postMessage(null, []);
}
