import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Extensions of text files. Pictures and fonts are already compressed. */
const extensions = new Set([".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"]);

/** Smaller files fit into one packet without compression, bytes. */
const MIN_BYTES = 1_024;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Both use the highest level, because it is done once a build. The same input gives the same bytes. */
const encodings = {
  ".br": (bytes: Buffer) =>
    compressBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ".gz": (bytes: Buffer) => compressGzip(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Writes a `.br` and a `.gz` beside each text file in the folder, unless it would not be smaller; one of an earlier run
 * is
 * then removed. The server and nginx send these files (docs/operations/runbook.md).
 */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.filter((name) => extensions.has(extname(name)))) {
    const bytes = await readFile(path);
    await Promise.all(
      Object.entries(encodings).map(async ([suffix, compressed]) => {
        const smaller = bytes.length < MIN_BYTES ? bytes : await compressed(bytes);
        if (smaller.length < bytes.length) await writeFile(path + suffix, smaller);
        else await rm(path + suffix, { force: true });
      }),
    );
  }
}
