import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { DomainError, refuse } from "../errors.ts";

/** A form's text fits into this many times over. Bytes. */
const MOST_JSON = 256 * 1024;
/** A photo has at most 10 MB. */
export const MOST_UPLOAD = 10 * 1024 * 1024;

/** The body, however its length is told. Throws `input.too_large` beyond `most` bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > most) refuse("input.too_large");
  // By events: an iterator over the request costs several times as much.
  return new Promise((resolve, reject) => {
    const hungUp = (): void => reject(new Error("the caller hung up"));
    // While it was asked who calls: no event tells it any more.
    if (request.destroyed) hungUp();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      // The rest is let by, as of a photo that is too large: the connection goes on after it, or ends with the time for a request.
      else reject(new DomainError("input.too_large"));
    });
    request.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) hungUp();
    });
  });
}

/** What is deeper or has more parts is none of our forms, and would cost whoever walks through it. */
const DEEPEST = 16;
const MOST_PARTS = 20_000;

/** Throws `input.too_deep`. Not recursive: it is what a caller sent. */
function assertFlat(json: unknown): void {
  let level: unknown[] = [json];
  let parts = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) refuse("input.too_deep");
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === "object" && value !== null) for (const part of Object.values(value)) below.push(part);
    }
    parts += below.length;
    level = below;
    if (parts > MOST_PARTS) refuse("input.too_deep");
  }
}

/** Half of a character can only come as an escape: bytes that are no UTF-8 have become U+FFFD by then. */
const halved = /\\u[dD][89a-fA-F]/;
/** A database keeps no half characters: they become U+FFFD before anything is checked, so that what is answered is what is stored. */
const whole = (_key: string, value: unknown): unknown => (typeof value === "string" ? value.toWellFormed() : value);

/** The body as JSON; `{}` when there is none. Throws `input.too_large`, `input.not_json`, `input.too_deep`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, MOST_JSON);
  if (bytes.length === 0) return {};
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
        limits: { files: 1, fields: 10, fieldSize: 1_024, parts: 12, headerPairs: 20, fileSize: MOST_UPLOAD },
      });
    } catch {
      fail(new DomainError("file.missing"));
      return;
    }
    let found: Buffer | null = null;
    parser.on("file", (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      // A form that ends in the middle of a file ends the file's stream with an error, which would end the process.
      stream.on("error", () => fail(new DomainError("file.missing")));
      stream.on("limit", () => fail(new DomainError("file.too_large")));
      stream.on("end", () => {
        if (name === "file") found = Buffer.concat(chunks);
      });
    });
    // `pipe` does not tell the parser of a caller who hangs up; it would wait for ever with what it has.
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
