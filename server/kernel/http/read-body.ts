import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { DomainError, refuse } from "../errors.ts";

/** The most bytes of a JSON body. The largest form needs far less. */
const MAX_JSON_BYTES = 256 * 1024;
/** The most bytes of an uploaded photo. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** Reads the body, with or without a declared length. Throws `input.too_large` beyond `most` bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > most) refuse("input.too_large");
  // Events are used, since an iterator over the request costs several times as much.
  return new Promise((resolve, reject) => {
    const hungUp = (): void => reject(new Error("the caller hung up"));
    // The caller may have disconnected during authentication, and no event is emitted for that any more.
    if (request.destroyed) hungUp();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      // The rest of the body is read and dropped. The connection stays usable, or ends with the timeout of the request.
      else reject(new DomainError("input.too_large"));
    });
    request.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) hungUp();
    });
  });
}

/** Limits of depth and number of parts. No form reaches them, and larger input would be expensive to process. */
const MAX_DEPTH = 16;
const MAX_PARTS = 20_000;

/** Throws `input.too_deep`. It is not recursive, since the depth is the caller's choice. */
function assertFlat(json: unknown): void {
  let level: unknown[] = [json];
  let parts = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) refuse("input.too_deep");
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === "object" && value !== null) for (const part of Object.values(value)) below.push(part);
    }
    parts += below.length;
    level = below;
    if (parts > MAX_PARTS) refuse("input.too_deep");
  }
}

/** A lone surrogate can only come from an escape, since invalid UTF-8 bytes have become U+FFFD by then. */
const halved = /\\u[dD][89a-fA-F]/;
/**
 * Replaces lone surrogates by U+FFFD before validation, as the database would, so that the reply equals the stored
 * value.
 */
const whole = (_key: string, value: unknown): unknown => (typeof value === "string" ? value.toWellFormed() : value);

/** `application/json` with any parameters. Pages of other origins can send some other types without a preflight. */
const isJson = ({ headers }: IncomingMessage): boolean =>
  headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() === "application/json";

/**
 * The body as JSON; `{}` for an empty one. Throws `input.too_large`, `input.type_unsupported`, `input.not_json`,
 * `input.too_deep`.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, MAX_JSON_BYTES);
  if (bytes.length === 0) return {};
  if (!isJson(request)) refuse("input.type_unsupported");
  let json: unknown;
  try {
    const text = bytes.toString("utf8");
    json = JSON.parse(text, halved.test(text) ? whole : undefined);
  } catch {
    return refuse("input.not_json");
  }
  assertFlat(json);
  return json;
}

/** The part `file` of a multipart/form-data body. Throws `file.missing`, `file.too_large`. */
export function readUpload(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const fail = (error: DomainError): void => {
      request.unpipe();
      request.resume();
      reject(error);
    };
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        limits: { files: 1, fields: 10, fieldSize: 1_024, parts: 12, headerPairs: 20, fileSize: MAX_UPLOAD_BYTES },
      });
    } catch {
      fail(new DomainError("file.missing"));
      return;
    }
    let found: Buffer | null = null;
    parser.on("file", (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      // A form that ends in the middle of a file emits an error on the file's stream, which would end the process
      // without a listener.
      stream.on("error", () => fail(new DomainError("file.missing")));
      stream.on("limit", () => fail(new DomainError("file.too_large")));
      stream.on("end", () => {
        if (name === "file") found = Buffer.concat(chunks);
      });
    });
    // `pipe` does not tell the parser when the caller disconnects, and the parser would wait forever.
    const brokenOff = (): void => {
      if (!request.complete) fail(new DomainError("file.missing"));
    };
    request.once("close", brokenOff);
    if (request.destroyed) brokenOff();
    parser.on("error", () => fail(new DomainError("file.missing")));
    parser.on("close", () => (found?.length ? resolve(found) : fail(new DomainError("file.missing"))));
    request.pipe(parser);
  });
}
