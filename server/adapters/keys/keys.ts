import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
} from "node:crypto";
import type { Readable, Transform } from "node:stream";
import type { Sealed } from "../../core/domain/requests/request-content.ts";
import {
  CIPHER,
  type KeyRing,
  type ParsedRing,
  type Purpose,
  ensureRing,
  parseRing,
  readRing,
  ringReader,
} from "./ring.ts";
import { openStream, sealStream } from "./sealed-stream.ts";

export { InvalidKeyRingError, type KeyRing, newKeyRing } from "./ring.ts";

/** A keyed hash and the id of its key. */
export interface BlindIndex {
  keyId: string;
  index: string;
}

export interface Keys {
  /** Encrypts a personal datum: `keyId:base64url(nonce, tag, ciphertext)`. Decryption needs the same `context`. */
  seal(plain: string, context: string): Sealed;
  /** Decrypts the result of `seal`. Throws when it was changed, the context differs, or its key is gone. */
  open(sealed: Sealed, context: string): string;
  /** A keyed hash by which a datum can be looked up without being readable. */
  blindIndex(kind: string, value: string): string;
  /**
   * The hashes by all keys of the ring, the newest first. They include a key that is not in use yet, since another
   * process's clock may be ahead.
   */
  blindIndexes(kind: string, value: string): BlindIndex[];
  /**
   * Encrypts a file as a stream. The caller stores `keyId` with the file. The result is `SEALED_OVERHEAD` bytes longer.
   */
  sealStream(context: string): { keyId: string; stream: Transform };
  /** Decrypts such a file. */
  openStream(keyId: string, context: string, sealed: Readable): Readable;
  /** The key in use for new data. */
  current(purpose: Purpose): { id: string; key: KeyObject };
  get(purpose: Purpose, id: string): KeyObject | null;
  /** Every key of the purpose, for formats without room for a key id. */
  all(purpose: Purpose): KeyObject[];
  /** The ids of a purpose's keys, the oldest first, and the time from which each is used; null: always. */
  generations(purpose: Purpose): { id: string; from: Date | null }[];
}

interface Generation {
  id: string;
  key: KeyObject;
  from: Date | null;
}

const blind = (key: KeyObject, kind: string, value: string): string =>
  createHmac("sha256", key).update(`${kind}\n${value}`).digest("base64url");

const generationsOf = (ring: ParsedRing): Record<Purpose, Generation[]> => {
  const of = (purpose: Purpose): Generation[] =>
    ring[purpose].map(({ id, secret, from }) => ({
      id,
      key: createSecretKey(secret, "base64"),
      from: from === undefined ? null : new Date(from),
    }));
  return { field: of("field"), blind: of("blind"), token: of("token"), file: of("file"), log: of("log") };
};

/** How often `changed` is called, ms. It is well below the delay before a new key is used. */
const POLL_MS = 500;

/**
 * Makes the keys of a ring usable. `changed` returns a newer ring or null. It is called every {@link POLL_MS} and
 * whenever a key is unknown, so that a running server picks up keys that another process uses. Throws when the ring is
 * malformed.
 */
export function createKeys(
  ring: KeyRing,
  { changed = () => null, now = Date.now }: { changed?: () => ParsedRing | null; now?: () => number } = {},
): Keys {
  let rings = generationsOf(parseRing(ring));
  let lookedAt = now();
  const look = (): void => {
    lookedAt = now();
    const newer = changed();
    if (newer) rings = generationsOf(newer);
  };
  const of = (purpose: Purpose): readonly Generation[] => {
    if (Math.abs(now() - lookedAt) >= POLL_MS) look();
    return rings[purpose];
  };
  const inUse = (purpose: Purpose): Generation => {
    const all = of(purpose);
    const found = all.findLast(({ from }) => from === null || from.getTime() <= now()) ?? all[0];
    if (!found) throw new Error(`no key for ${purpose}`);
    return found;
  };
  const get = (purpose: Purpose, id: string): KeyObject | null => {
    const known = (): KeyObject | undefined => of(purpose).find((generation) => generation.id === id)?.key;
    const found = known();
    if (found) return found;
    look();
    return known() ?? null;
  };
  const fieldKey = (id: string): KeyObject => {
    const key = get("field", id);
    if (!key) throw new Error(`the key ${id} of a sealed field or file is not in the key ring`);
    return key;
  };
  return {
    current: inUse,
    get,
    all: (purpose) => of(purpose).map(({ key }) => key),
    generations: (purpose) => of(purpose).map(({ id, from }) => ({ id, from })),
    seal(plain, context) {
      const { id, key } = inUse("field");
      const nonce = randomBytes(12);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `${id}:${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}` as Sealed;
    },
    open(sealed, context) {
      const [id = "", body = ""] = sealed.split(":");
      const key = fieldKey(id);
      const bytes = Buffer.from(body, "base64url");
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
    sealStream(context) {
      const { id, key } = inUse("field");
      return { keyId: id, stream: sealStream(key, context) };
    },
    openStream: (keyId, context, sealed) => openStream(fieldKey(keyId), context, sealed),
    blindIndex: (kind, value) => blind(inUse("blind").key, kind, value),
    blindIndexes: (kind, value) =>
      of("blind")
        .toReversed()
        .map(({ id, key }) => ({ keyId: id, index: blind(key, kind, value) })),
  };
}

/**
 * Loads the keys of a file, and reloads them when it changes. A missing file is created (mode 0600). The file must be
 * backed up: without it phone numbers cannot be decrypted and seals cannot be verified. Throws {@link
 * InvalidKeyRingError} when the file has other content.
 */
export async function loadKeys(path: string): Promise<Keys> {
  await ensureRing(path);
  return createKeys(await readRing(path), { changed: ringReader(path) });
}
