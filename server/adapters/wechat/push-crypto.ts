import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** The secrets of the message push: the token for signatures and, in safe mode, the key for bodies. */
export interface PushSecrets {
  token: string;
  /** EncodingAESKey: 43 characters of base64, without the last `=`. Null: plain mode. */
  aesKey: string | null;
}

/** Random secrets, for the fake of WeChat. */
export const newPushSecrets = (): PushSecrets => ({
  token: randomBytes(12).toString("hex"),
  aesKey: randomBytes(32).toString("base64").slice(0, 43),
});

/** WeChat pads to blocks of 32 bytes instead of AES's 16. */
const BLOCK = 32;

/** SHA-1 over the sorted parts: token, timestamp, nonce and, in safe mode, the encrypted body. */
export const pushSignature = (...parts: readonly string[]): string =>
  createHash("sha1").update(parts.toSorted().join("")).digest("hex");

/** Whether `given` is the signature of the parts; compares in constant time. */
export function isPushSignature(given: string, ...parts: readonly string[]): boolean {
  // Lengths are compared in bytes, since characters outside ASCII have several.
  const [wanted, told] = [Buffer.from(pushSignature(...parts)), Buffer.from(given)];
  return told.length === wanted.length && timingSafeEqual(wanted, told);
}

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

/**
 * Decrypts the result of {@link encryptPush}. Null when it was made with another key, for another app, or is malformed.
 */
export function decryptPush(aesKey: string, appId: string, encrypted: string): string | null {
  const key = keyOf(aesKey);
  const bytes = Buffer.from(encrypted, "base64");
  if (bytes.length < BLOCK || bytes.length % BLOCK !== 0) return null;
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK) return null;
  const plain = padded.subarray(0, padded.length - padding);
  if (plain.length < 20) return null;
  const end = 20 + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== appId) return null;
  return plain.subarray(20, end).toString();
}
