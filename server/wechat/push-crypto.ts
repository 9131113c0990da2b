import { createCipheriv, createHash, randomBytes } from "node:crypto";

/** What the message push is set up with at WeChat: the token of its signatures and, in safe mode, the key of its bodies. */
export interface PushSecrets {
  token: string;
  /** EncodingAESKey: 43 characters of base64, without the last `=`. Null: plain mode. */
  aesKey: string | null;
}

/** WeChat pads to blocks of 32 bytes, not AES's 16. */
const BLOCK = 32;

/** SHA-1 over the sorted parts: of token, timestamp and nonce, and in safe mode also the encrypted body. */
export const pushSignature = (...parts: readonly string[]): string =>
  createHash("sha1").update(parts.toSorted().join("")).digest("hex");

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, "base64");

/** Encrypts a body as WeChat does in safe mode: 16 random bytes, length, body, app id; AES-256-CBC. */
export function encryptPush(aesKey: string, appId: string, body: string): string {
  const key = keyOf(aesKey);
  const text = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    "base64",
  );
}
