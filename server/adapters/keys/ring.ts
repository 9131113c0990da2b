import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

/** What a key is for; each purpose has keys of its own, so that one that leaks opens nothing else. */
export const purposes = ["field", "blind", "token", "file", "log"] as const;
export type Purpose = (typeof purposes)[number];

/** The cipher of fields; its name stands in the key ring so that another (SM4) can follow. */
export const CIPHER = "aes-256-gcm";

const Key = z.object({
  id: z.string().regex(/^[\w-]{1,20}$/),
  cipher: z.literal(CIPHER).default(CIPHER),
  secret: z.base64(),
  /** Since when it is used for what is new; before that it only opens. Left out: always. */
  from: z.iso.datetime().optional(),
});
const Ring = z.record(z.enum(purposes), z.array(Key).min(1));
/** The key ring as it is stored: of each purpose the newest key last; older ones stay readable. */
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

/** The ring with one more key of the purpose, used from that moment on. */
export function withGeneration(ring: KeyRing, purpose: Purpose, from: Date): KeyRing {
  return { ...ring, [purpose]: [...ring[purpose], { ...newKey(), from: from.toISOString() }] };
}

/** The ring without a key that is not the newest. Throws when it is, or when there is no such key. */
export function withoutGeneration(ring: KeyRing, purpose: Purpose, id: string): KeyRing {
  const left = ring[purpose].filter((key) => key.id !== id);
  if (left.length === ring[purpose].length || ring[purpose].at(-1)?.id === id) {
    throw new RangeError(`no older key ${id} of ${purpose}`);
  }
  return { ...ring, [purpose]: left };
}

/** The key ring's file is not one. The message is a sentence for the operator. */
export class InvalidKeyRingError extends Error {}

const broken = (path: string): InvalidKeyRingError =>
  new InvalidKeyRingError(`密钥文件 ${path} 读不懂；请从备份恢复它，不要删掉：没有它，手机号解不开，台账也核对不了。`);

/** Makes the file (mode 0600) when it is not there. */
export async function ensureRing(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    // `wx`: of two first starts one makes the ring, and both use it.
    await writeFile(path, `${JSON.stringify(newKeyRing(), null, 1)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Changes the file as a whole, one command at a time. Throws {@link InvalidKeyRingError}, or when another changes it
 * at this moment.
 */
export async function changeRing(path: string, change: (ring: KeyRing) => KeyRing): Promise<void> {
  const lock = `${path}.lock`;
  await (await open(lock, "wx", 0o600)).close();
  try {
    const ring = change(JSON.parse(await readFile(path, "utf8")) as KeyRing);
    parseRing(ring);
    const file = await open(`${path}.new`, "w", 0o600);
    await file.writeFile(`${JSON.stringify(ring, null, 1)}\n`);
    // Without the newest key what it sealed cannot be opened.
    await file.sync();
    await file.close();
    await rename(`${path}.new`, path);
  } finally {
    await unlink(lock);
  }
}

/**
 * A reader of the file that looks again when it has changed: the ring, or null when it is the one that was read last.
 * A file that is being replaced, or is broken, changes nothing for those who work.
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

/** The ring in the file now. Throws {@link InvalidKeyRingError}. */
export async function readRing(path: string): Promise<ParsedRing> {
  const text = await readFile(path, "utf8");
  try {
    return parseRing(JSON.parse(text));
  } catch {
    throw broken(path);
  }
}
