import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { Binary, deserialize, type Document, serialize } from "bson";
import { FrameReader } from "../../engine/gateway/wire.ts";

/** A connection that sends what a test says, well formed or not. */
export interface RawClient {
  send(bytes: Buffer): void;
  /** The next frame that arrives; null when the connection was closed instead. */
  next(): Promise<Buffer | null>;
  command(document: Document): Promise<Document>;
  close(): void;
}

/** An OP_MSG frame: flags, then sections of one kind byte and its bytes. */
export function messageFrame(flags: number, ...sections: Buffer[]): Buffer {
  return frame(2013, Buffer.concat([Buffer.from(new Int32Array([flags]).buffer), ...sections]));
}

/** A frame with a header of the right length. */
export function frame(opcode: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
}

/** A section of kind 0. */
export function bodySection(document: Document): Buffer {
  return Buffer.concat([Buffer.from([0]), serialize(document)]);
}

/** A section of kind 1: documents under a name. */
export function sequenceSection(name: string, documents: Document[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((document) => Buffer.from(serialize(document))),
  ]);
  return Buffer.concat([Buffer.from([1]), Buffer.from(new Int32Array([content.length + 4]).buffer), content]);
}

/** The document in a reply to an OP_MSG. */
export function replyOf(bytes: Buffer): Document {
  return deserialize(bytes.subarray(21));
}

export function newLsid(): Document {
  return { id: new Binary(randomBytes(16), 4) };
}

/** Connects to the address of a MongoDB uri. */
export async function openRaw(uri: string): Promise<RawClient> {
  const { hostname, port } = new URL(uri);
  const socket = connect(Number(port), hostname);
  const reader = new FrameReader();
  const arrived: (Buffer | null)[] = [];
  const waiting: ((frame: Buffer | null) => void)[] = [];
  const deliver = (bytes: Buffer | null): void => {
    const first = waiting.shift();
    if (first === undefined) arrived.push(bytes);
    else first(bytes);
  };
  socket.on("data", (chunk) => reader.push(chunk).forEach(deliver));
  socket.on("error", () => undefined);
  socket.on("close", () => deliver(null));
  await new Promise((resolve) => socket.once("connect", resolve));
  const next = (): Promise<Buffer | null> => {
    const first = arrived.shift();
    return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
  };
  return {
    send: (bytes) => void socket.write(bytes),
    next,
    async command(document) {
      socket.write(messageFrame(0, bodySection(document)));
      const reply = await next();
      if (reply === null) throw new Error("connection closed");
      return replyOf(reply);
    },
    close: () => socket.destroy(),
  };
}
