import { prepareDecoding, reencode } from "./reencode.ts";
import { serveDecoding } from "./serve-decoding.ts";

/** The process that decodes pictures. */
prepareDecoding();
serveDecoding(reencode);
