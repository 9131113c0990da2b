/** Reads the top level of a command without parsing nested documents, so that bulk inserts are passed on unparsed. */
import { BrokenFrame, cstringEnd } from "./wire.ts";

/** Lengths of the fixed-length BSON types, bytes. */
const FIXED: Record<number, number> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};

function valueLength(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED[type];
  if (fixed !== undefined) return fixed;
  if (type === 0x03 || type === 0x04 || type === 0x0f) return bytes.readInt32LE(at);
  if (type === 0x02 || type === 0x0d || type === 0x0e) return 4 + bytes.readInt32LE(at);
  if (type === 0x05) return 5 + bytes.readInt32LE(at);
  if (type === 0x0c) return 16 + bytes.readInt32LE(at);
  if (type === 0x0b) return cstringEnd(bytes, cstringEnd(bytes, at, bytes.length) + 1, bytes.length) + 1 - at;
  throw new BrokenFrame(`BSON type ${type}`);
}

/** The top-level fields of a command: scalars as values, all others as raw bytes. */
export type Fields = Map<string, string | number | bigint | boolean | Buffer | null>;

/** Reads the top level of a document. Throws BrokenFrame. */
export function readFields(bytes: Buffer): Fields {
  const fields: Fields = new Map();
  for (let at = 4; at < bytes.length - 1;) {
    const type = bytes[at++]!;
    const nameEnd = cstringEnd(bytes, at, bytes.length);
    const name = bytes.toString("utf8", at, nameEnd);
    at = nameEnd + 1;
    const length = valueLength(bytes, type, at);
    if (length < 0 || at + length > bytes.length - 1) throw new BrokenFrame(`field ${name} of a wrong length`);
    if (type === 0x02) fields.set(name, bytes.toString("utf8", at + 4, at + length - 1));
    else if (type === 0x12) fields.set(name, bytes.readBigInt64LE(at));
    else if (type === 0x08) fields.set(name, bytes[at] === 1);
    else if (type === 0x01) fields.set(name, bytes.readDoubleLE(at));
    else if (type === 0x10) fields.set(name, bytes.readInt32LE(at));
    else fields.set(name, type === 0x0a ? null : bytes.subarray(at, at + length));
    at += length;
  }
  return fields;
}
