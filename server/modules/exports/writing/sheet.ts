import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { writeCsvStream } from "hucre/csv";
import { writeXlsxStream } from "hucre/xlsx";
import type { ExportFormat } from "../domain/export.ts";
import type { Cell } from "./columns.ts";

/**
 * Rows as the bytes of a file, made as they are read: memory does not grow with them. CSV begins with a byte order
 * mark, which Excel needs for Chinese. A cell that Excel would take for a formula is disarmed by a leading apostrophe
 * in CSV; in XLSX every text is a text.
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
