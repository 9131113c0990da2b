import { appendFileSync } from "node:fs";
import { prepareDecoding, reencode } from "../../server/adapters/pictures/reencode.ts";
import { serveDecoding } from "../../server/adapters/pictures/serve-decoding.ts";

/**
 * The decoder, which also notes when it begins and ends a picture, in the file that `DECODER_NOTES` names. A picture
 * that is the word `forever` never ends, and with `hoard` its memory grows.
 */
const notes = process.env["DECODER_NOTES"] ?? "";
const hoarded: Buffer[] = [];

prepareDecoding();
serveDecoding(async (bytes) => {
  appendFileSync(notes, "+");
  try {
    if (bytes.toString() === "forever") return await new Promise(() => undefined);
    if (bytes.toString() === "hoard") {
      for (;;) {
        hoarded.push(Buffer.alloc(8 * 1024 * 1024, 1));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return await reencode(bytes);
  } finally {
    appendFileSync(notes, "-");
  }
});
