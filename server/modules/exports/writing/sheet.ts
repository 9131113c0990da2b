import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { writeCsvStream } from "hucre/csv";
import { writeXlsxStream } from "hucre/xlsx";
import type { ExportFormat } from "../domain/export.ts";
import type { Cell } from "./columns.ts";

/**
 * Streams rows as the bytes of a file, so that memory does not grow with their number. CSV starts with a byte order
 * mark, which Excel needs for Chinese. In CSV a leading apostrophe disarms cells that Excel would take for a formula;
 * in XLSX every text cell is stored as text.
 */
export function sheetOf(format: ExportFormat, heads: readonly string[], rows: AsyncIterable<Cell[]>): Readable {
  const bytes =
    format === "csv"
      ? writeCsvStream(rows, { headers: [...heads], bom: true, escapeFormulae: true })
      : writeXlsxStream(rows, {
          name: "店小二",
          columns: heads.map((header) => ({ header })),
          freezePane: { rows: 1 },
        });
  return Readable.fromWeb(bytes as WebStream<Uint8Array>);
}
