import { readFile } from "node:fs/promises";
import { ReadableStream as NodeStream } from "node:stream/web";
import { Decrypter, Encrypter } from "age-encryption";

type Bytes = AsyncIterable<Uint8Array>;

/** Node and the DOM declare the same streams in different ways. */
const toWeb = (source: Bytes): ReadableStream<Uint8Array> =>
  NodeStream.from(source) as unknown as ReadableStream<Uint8Array>;

/** The identities that were given do not open a backup. The message is a sentence for the operator. */
export class LockedBackupError extends Error {}

/** Whether a text is a recipient of age (`age1…`, https://age-encryption.org/v1). */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** Encrypts bytes in the format of age to all recipients. Each of them alone can decrypt; this program cannot. */
export async function* encryptFor(recipients: readonly string[], source: Bytes): Bytes & AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  yield* await encrypter.encrypt(toWeb(source));
}

/**
 * Decrypts bytes in the format of age. Throws {@link LockedBackupError} when there is no identity, or none is among the
 * recipients, and the library's error when the bytes were changed or cut off.
 */
export async function* decryptWith(identities: readonly string[], source: Bytes): Bytes & AsyncGenerator<Uint8Array> {
  if (!identities.length)
    throw new LockedBackupError("这份备份加密过：请用 --identity 给出密钥文件（AGE-SECRET-KEY-1… 的那个）。");
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const opened = await decrypter.decrypt(toWeb(source)).catch((error: Error) => {
    if (!error.message.startsWith("no identity matched")) throw error;
    throw new LockedBackupError("给出的密钥打不开这份备份：它是加密给别的密钥的，请找当时的密钥文件。");
  });
  yield* opened;
}

/**
 * The identities in a file as `age-keygen` writes it: one a line, with `#` before comments. Null: the file cannot be
 * read, or has none, or something else.
 */
export async function readIdentities(path: string): Promise<string[] | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line !== "" && !line.startsWith("#"));
  try {
    for (const identity of identities) new Decrypter().addIdentity(identity);
  } catch {
    return null;
  }
  return identities.length ? identities : null;
}
