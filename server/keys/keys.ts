import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
} from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable, Transform } from "node:stream";
import { z } from "zod";
import type { Sealed } from "../domain/request.ts";
import { openStream, sealStream } from "./sealed-stream.ts";

/** What a key is for; each purpose has keys of its own, so that one that leaks opens nothing else. */
const purposes = ["field", "blind", "token", "file", "log"] as const;
export type Purpose = (typeof purposes)[number];

/** The cipher of fields; its name stands in the key ring so that another (SM4) can follow. */
const CIPHER = "aes-256-gcm";

const Key = z.object({
  id: z.string().regex(/^[\w-]{1,20}$/),
  cipher: z.literal(CIPHER).default(CIPHER),
  secret: z.base64(),
});
const Ring = z.record(z.enum(purposes), z.array(Key).min(1));
/** The key ring as it is stored: of each purpose the newest key last; older ones stay readable. */
export type KeyRing = z.input<typeof Ring>;

export interface Keys {
  /** Encrypts a personal datum: `keyId:base64url(nonce, tag, ciphertext)`. `context` must be given again to open it. */
  seal(plain: string, context: string): Sealed;
  /** Opens what `seal` made. Throws when it was changed, the context is another, or its key is gone. */
  open(sealed: Sealed, context: string): string;
  /** A keyed hash by which a datum is found without being readable. */
  blindIndex(kind: string, value: string): string;
  /** The same by every key of the ring, the newest first: what was written before a rotation is found by an older one. */
  blindIndexes(kind: string, value: string): string[];
  /** Encrypts a file as it goes by. `keyId` is to be kept beside it; the bytes are `SEALED_OVERHEAD` more. */
  sealStream(context: string): { keyId: string; stream: Transform };
  /** Opens such a file. */
  openStream(keyId: string, context: string, sealed: Readable): Readable;
  current(purpose: Purpose): { id: string; key: KeyObject };
  get(purpose: Purpose, id: string): KeyObject | null;
  /** Every key of the purpose, for what has no room for a key's id. */
  all(purpose: Purpose): KeyObject[];
}

const blind = (key: KeyObject, kind: string, value: string): string =>
  createHmac("sha256", key).update(`${kind}\n${value}`).digest("base64url");

/** A new key ring: one random 256-bit key for each purpose. */
export function newKeyRing(): KeyRing {
  const key = () => [{ id: randomBytes(4).toString("hex"), secret: randomBytes(32).toString("base64") }];
  return { field: key(), blind: key(), token: key(), file: key(), log: key() };
}

/** The keys of a ring, ready to use. Throws when the ring is malformed. */
export function createKeys(ring: KeyRing): Keys {
  const parsed = Ring.parse(ring);
  const keys = new Map<string, KeyObject>();
  const newest = new Map<Purpose, { id: string; key: KeyObject }>();
  for (const purpose of purposes) {
    for (const { id, secret } of parsed[purpose]) {
      const key = createSecretKey(secret, "base64");
      keys.set(`${purpose}:${id}`, key);
      newest.set(purpose, { id, key });
    }
  }
  const current = (purpose: Purpose): { id: string; key: KeyObject } => {
    const found = newest.get(purpose);
    if (!found) throw new Error(`no key for ${purpose}`);
    return found;
  };
  const all = (purpose: Purpose): KeyObject[] =>
    [...keys].flatMap(([name, key]) => (name.startsWith(`${purpose}:`) ? [key] : []));
  return {
    current,
    all,
    get: (purpose, id) => keys.get(`${purpose}:${id}`) ?? null,
    seal(plain, context) {
      const { id, key } = current("field");
      const nonce = randomBytes(12);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `${id}:${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}` as Sealed;
    },
    open(sealed, context) {
      const [id = "", body = ""] = sealed.split(":");
      const key = keys.get(`field:${id}`);
      if (!key) throw new Error(`the key ${id} of a sealed field is not in the key ring`);
      const bytes = Buffer.from(body, "base64url");
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
    sealStream(context) {
      const { id, key } = current("field");
      return { keyId: id, stream: sealStream(key, context) };
    },
    openStream(keyId, context, sealed) {
      const key = keys.get(`field:${keyId}`);
      if (!key) throw new Error(`the key ${keyId} of a sealed file is not in the key ring`);
      return openStream(key, context, sealed);
    },
    blindIndex: (kind, value) => blind(current("blind").key, kind, value),
    blindIndexes: (kind, value) =>
      all("blind")
        .toReversed()
        .map((key) => blind(key, kind, value)),
  };
}

/** The key ring's file is not one. The message is a sentence for the operator. */
export class BrokenKeys extends Error {}

/**
 * The keys in a file, which is made (mode 0600) when it is not there. Whoever loses it loses every phone and every seal: back it up.
 * Throws {@link BrokenKeys} when the file holds something else.
 */
export async function loadKeys(path: string): Promise<Keys> {
  await mkdir(dirname(path), { recursive: true });
  try {
    // `wx`: of two first starts one makes the ring, and both use it.
    await writeFile(path, `${JSON.stringify(newKeyRing(), null, 1)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const text = await readFile(path, "utf8");
  try {
    return createKeys(JSON.parse(text) as KeyRing);
  } catch {
    throw new BrokenKeys(`密钥文件 ${path} 读不懂；请从备份恢复它，不要删掉：没有它，手机号解不开，台账也核对不了。`);
  }
}
