import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { Binary, deserialize, type Document, serialize } from "bson";
import { FrameReader } from "../../engine/gateway/wire.ts";

/** A connection that sends arbitrary bytes, well-formed or not. */
export interface RawClient {
  send(bytes: Buffer): void;
  /** The next received frame. Null when the connection was closed. */
  next(): Promise<Buffer | null>;
  command(document: Document): Promise<Document>;
  close(): void;
}

/** An OP_MSG frame: flags, then sections, each of which is a kind byte and its content. */
export function messageFrame(flags: number, ...sections: Buffer[]): Buffer {
  return frame(2013, Buffer.concat([Buffer.from(new Int32Array([flags]).buffer), ...sections]));
}

/** A frame with a header that has the right length. */
export function frame(opcode: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
}

/** A section of kind 0 (body). */
export function bodySection(document: Document): Buffer {
  return Buffer.concat([Buffer.from([0]), serialize(document)]);
}

/** A section of kind 1 (document sequence): documents under a name. */
export function sequenceSection(name: string, documents: Document[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((document) => Buffer.from(serialize(document))),
  ]);
  return Buffer.concat([Buffer.from([1]), Buffer.from(new Int32Array([content.length + 4]).buffer), content]);
}

/** The document of an OP_MSG reply. */
export function replyOf(bytes: Buffer): Document {
  return deserialize(bytes.subarray(21));
}

export function newLsid(): Document {
  return { id: new Binary(randomBytes(16), 4) };
}

/** Signs in as the uri says, as RFC 5802 tells a client to. Throws when it is refused. */
async function signIn(client: RawClient, user: string, key: string): Promise<void> {
  const begin = `n=${user},r=${randomBytes(18).toString("base64")}`;
  const ask = async (document: Document): Promise<{ text: string; reply: Document }> => {
    const reply = await client.command({ ...document, $db: "admin" });
    if (reply["ok"] !== 1) throw new Error(String(reply["errmsg"]));
    return { text: (reply["payload"] as Binary).toString("utf8"), reply };
  };
  const payload = (text: string): Binary => new Binary(Buffer.from(text));
  const { text } = await ask({ saslStart: 1, mechanism: "SCRAM-SHA-256", payload: payload(`n,,${begin}`) });
  const [nonce = "", salt = "", turns = ""] = text.split(",").map((part) => part.slice(2));
  const salted = pbkdf2Sync(key, Buffer.from(salt, "base64"), Number(turns), 32, "sha256");
  const mac = (secret: Buffer, said: string): Buffer => createHmac("sha256", secret).update(said).digest();
  const own = mac(salted, "Client Key");
  const signature = mac(createHash("sha256").update(own).digest(), `${begin},${text},c=biws,r=${nonce}`);
  const proof = Buffer.from(own.map((byte, n) => byte ^ signature[n]!)).toString("base64");
  await ask({ saslContinue: 1, conversationId: 1, payload: payload(`c=biws,r=${nonce},p=${proof}`) });
}

/** Connects to the address of a MongoDB uri; `asStranger`: without signing in. */
export async function openRaw(uri: string, { asStranger = false } = {}): Promise<RawClient> {
  const { hostname, port, username, password } = new URL(uri);
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
  const client: RawClient = {
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
  if (!asStranger) await signIn(client, username, password);
  return client;
}
