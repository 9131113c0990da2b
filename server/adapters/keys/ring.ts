import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

/** The purposes of keys. Each has its own keys, so that a leaked key affects only its purpose. */
export const purposes = ["field", "blind", "token", "file", "log"] as const;
export type Purpose = (typeof purposes)[number];

/** The cipher of fields. Keys name their cipher, so that another one (SM4) can be introduced. */
export const CIPHER = "aes-256-gcm";

const Key = z.object({
  id: z.string().regex(/^[\w-]{1,20}$/),
  cipher: z.literal(CIPHER).default(CIPHER),
  secret: z.base64(),
  /** When new data start to use the key. Before that it only decrypts and verifies. Absent: always. */
  from: z.iso.datetime().optional(),
});
const Ring = z.record(z.enum(purposes), z.array(Key).min(1));
/** The key ring as stored. The newest key of each purpose is the last; older ones remain for reading. */
export type KeyRing = z.input<typeof Ring>;
export type ParsedRing = z.output<typeof Ring>;
type StoredKey = KeyRing[Purpose][number];

export const parseRing = (ring: unknown): ParsedRing => Ring.parse(ring);

const newKey = (): StoredKey => ({ id: randomBytes(4).toString("hex"), secret: randomBytes(32).toString("base64") });

/** A new key ring: one random 256-bit key for each purpose. */
export function newKeyRing(): KeyRing {
  const key = () => [newKey()];
  return { field: key(), blind: key(), token: key(), file: key(), log: key() };
}

/** The ring with a new key of the purpose, which is used from the given moment on. */
export function withGeneration(ring: KeyRing, purpose: Purpose, from: Date): KeyRing {
  return { ...ring, [purpose]: [...ring[purpose], { ...newKey(), from: from.toISOString() }] };
}

/** The ring without an older key. Throws a RangeError when the key is the newest or does not exist. */
export function withoutGeneration(ring: KeyRing, purpose: Purpose, id: string): KeyRing {
  const left = ring[purpose].filter((key) => key.id !== id);
  if (left.length === ring[purpose].length || ring[purpose].at(-1)?.id === id) {
    throw new RangeError(`no older key ${id} of ${purpose}`);
  }
  return { ...ring, [purpose]: left };
}

/** The file is not a valid key ring. The message is a sentence for the operator. */
export class InvalidKeyRingError extends Error {}

const broken = (path: string): InvalidKeyRingError =>
  new InvalidKeyRingError(`密钥文件 ${path} 读不懂；请从备份恢复它，不要删掉：没有它，手机号解不开，台账也核对不了。`);

/** Creates the file (mode 0600) when it does not exist. */
export async function ensureRing(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    // `wx` fails when the file exists: of two processes that start at once, one creates the ring and both use it.
    await writeFile(path, `${JSON.stringify(newKeyRing(), null, 1)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Replaces the file with a changed ring. Only one process may do so at a time. Throws {@link InvalidKeyRingError}, or
 * when another process holds the lock.
 */
export async function changeRing(path: string, change: (ring: KeyRing) => KeyRing): Promise<void> {
  const lock = `${path}.lock`;
  await (await open(lock, "wx", 0o600)).close();
  try {
    const ring = change(JSON.parse(await readFile(path, "utf8")) as KeyRing);
    parseRing(ring);
    const file = await open(`${path}.new`, "w", 0o600);
    await file.writeFile(`${JSON.stringify(ring, null, 1)}\n`);
    // A ring lost in a crash would make all that its newest key has encrypted unreadable.
    await file.sync();
    await file.close();
    await rename(`${path}.new`, path);
  } finally {
    await unlink(lock);
  }
}

/**
 * Returns a function that rereads a changed file: it returns the new ring, or null when the file has not changed. While
 * the file is being replaced or is invalid, it returns null too.
 */
export function ringReader(path: string): () => ParsedRing | null {
  let seen = "";
  return () => {
    try {
      const { mtimeMs, size, ino } = statSync(path);
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now === seen) return null;
      const ring = parseRing(JSON.parse(readFileSync(path, "utf8")));
      seen = now;
      return ring;
    } catch {
      return null;
    }
  };
}

/** Reads the ring from the file. Throws {@link InvalidKeyRingError}. */
export async function readRing(path: string): Promise<ParsedRing> {
  const text = await readFile(path, "utf8");
  try {
    return parseRing(JSON.parse(text));
  } catch {
    throw broken(path);
  }
}
