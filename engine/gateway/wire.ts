/** MongoDB's wire protocol: OP_MSG, and the OP_QUERY `hello` with which drivers open a connection. */
import { deserialize, serialize, type Document } from "bson";

/** The largest frame of a client, bytes; announced in `hello`. */
export const MAX_MESSAGE_BYTES = 48_000_000;
/** The largest document, bytes; announced in `hello`. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** The receiver must know flags 0 to 15 and may ignore the others. */
const UNKNOWN_REQUIRED_FLAGS = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);

/** A request: the raw BSON of the command, and its document sequence if there is one. */
export interface Request {
  id: number;
  body: Buffer;
  /** The concatenated documents of an `insert`, `update` or `delete`; null when they are in the body. */
  sequence: Buffer | null;
  /** False for unacknowledged writes, for which the client reads no reply. */
  wantsReply: boolean;
  legacy: boolean;
}

/** A frame that violates the protocol. The connection is closed after it. */
export class BrokenFrame extends Error {}

/** Splits a byte stream into frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** Adds bytes and returns the completed frames. Throws BrokenFrame. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Buffer[] = [];
    for (;;) {
      if (this.#size < 4) return frames;
      if ((this.#chunks[0]?.length ?? 0) < 4) this.#join();
      const length = this.#chunks[0]!.readInt32LE(0);
      if (length < HEADER || length > MAX_MESSAGE_BYTES) throw new BrokenFrame(`frame of ${length} bytes`);
      if (this.#size < length) return frames;
      const all = this.#join();
      frames.push(all.subarray(0, length));
      this.#chunks = [all.subarray(length)];
      this.#size -= length;
    }
  }

  #join(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

function documentAt(frame: Buffer, offset: number, end: number): Buffer {
  if (offset + 5 > end) throw new BrokenFrame("document cut short");
  const length = frame.readInt32LE(offset);
  if (length < 5 || offset + length > end || frame[offset + length - 1] !== 0)
    throw new BrokenFrame("document of a wrong length");
  return frame.subarray(offset, offset + length);
}

/** The index of the zero that ends a string. Throws BrokenFrame. */
export function cstringEnd(frame: Buffer, offset: number, end: number): number {
  const zero = frame.indexOf(0, offset);
  if (zero < 0 || zero >= end) throw new BrokenFrame("string without an end");
  return zero;
}

function parseMessage(frame: Buffer, id: number): Request {
  if (frame.length < HEADER + 4) throw new BrokenFrame("message without flags");
  const flags = frame.readUInt32LE(HEADER);
  if (flags & UNKNOWN_REQUIRED_FLAGS) throw new BrokenFrame(`unknown flags ${flags}`);
  const end = frame.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: Buffer | null = null;
  let sequence: Buffer | null = null;
  let at = HEADER + 4;
  while (at < end) {
    const kind = frame[at++];
    if (kind === 0 && body === null) {
      body = documentAt(frame, at, end);
      at += body.length;
    } else if (kind === 1) {
      if (at + 4 > end) throw new BrokenFrame("section cut short");
      const sectionEnd = at + frame.readInt32LE(at);
      if (sectionEnd > end || sectionEnd < at + 5) throw new BrokenFrame("section of a wrong length");
      const start = cstringEnd(frame, at + 4, sectionEnd) + 1;
      for (at = start; at < sectionEnd;) at += documentAt(frame, at, sectionEnd).length;
      // Only commands that the gateway does not support have a second sequence.
      sequence ??= frame.subarray(start, sectionEnd);
    } else {
      throw new BrokenFrame(`section of kind ${kind}`);
    }
  }
  if (body === null) throw new BrokenFrame("message without a body");
  return { id, body, sequence, wantsReply: !(flags & MORE_TO_COME), legacy: false };
}

/** Parses a frame. Throws BrokenFrame for anything but OP_MSG and OP_QUERY. */
export function parseFrame(frame: Buffer): Request {
  const id = frame.readInt32LE(4);
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_MSG) return parseMessage(frame, id);
  if (opcode !== OP_QUERY) throw new BrokenFrame(`unknown opcode ${opcode}`);
  if (frame.length < HEADER + 4) throw new BrokenFrame("query cut short");
  const after = cstringEnd(frame, HEADER + 4, frame.length) + 1 + 8;
  return { id, body: documentAt(frame, after, frame.length), sequence: null, wantsReply: true, legacy: true };
}

function header(length: number, responseTo: number, opcode: number): Buffer {
  const out = Buffer.alloc(HEADER);
  out.writeInt32LE(length, 0);
  out.writeInt32LE(responseTo, 8);
  out.writeInt32LE(opcode, 12);
  return out;
}

/** The reply frame for a request, with a raw BSON document. */
export function encodeReply(request: Pick<Request, "id" | "legacy">, document: Uint8Array): Buffer {
  if (request.legacy) {
    const fields = Buffer.alloc(20);
    fields.writeInt32LE(1, 16);
    return Buffer.concat([header(HEADER + 20 + document.length, request.id, OP_REPLY), fields, document]);
  }
  const flagsAndKind = Buffer.alloc(5);
  return Buffer.concat([header(HEADER + 5 + document.length, request.id, OP_MSG), flagsAndKind, document]);
}

/** Encodes a document as BSON. */
export function encode(document: Document): Buffer {
  return Buffer.from(serialize(document, { ignoreUndefined: true }));
}

/** Decodes a BSON document. Numbers keep their BSON types. */
export function decode(bytes: Uint8Array): Document {
  return deserialize(bytes, { promoteLongs: false, promoteValues: false, promoteBuffers: false });
}
