import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
} from "node:crypto";
import type { Readable, Transform } from "node:stream";
import type { Sealed } from "../../core/domain/requests/request.ts";
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

/** A keyed hash, and by which key. */
export interface BlindIndex {
  keyId: string;
  index: string;
}

export interface Keys {
  /** Encrypts a personal datum: `keyId:base64url(nonce, tag, ciphertext)`. `context` must be given again to open it. */
  seal(plain: string, context: string): Sealed;
  /** Opens what `seal` made. Throws when it was changed, the context is another, or its key is gone. */
  open(sealed: Sealed, context: string): string;
  /** A keyed hash by which a datum is found without being readable. */
  blindIndex(kind: string, value: string): string;
  /**
   * The same by every key of the ring, the newest first, also one that is not in use yet: another process may be
   * ahead.
   */
  blindIndexes(kind: string, value: string): BlindIndex[];
  /** Encrypts a file as it goes by. `keyId` is to be kept beside it; the bytes are `SEALED_OVERHEAD` more. */
  sealStream(context: string): { keyId: string; stream: Transform };
  /** Opens such a file. */
  openStream(keyId: string, context: string, sealed: Readable): Readable;
  /** The key in use for what is new. */
  current(purpose: Purpose): { id: string; key: KeyObject };
  get(purpose: Purpose, id: string): KeyObject | null;
  /** Every key of the purpose, for what has no room for a key's id. */
  all(purpose: Purpose): KeyObject[];
  /** Their ids, the oldest first, and since when each is used; null: always. */
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

/** How often the source is asked whether there is something new, ms: well below the time before a new key is used. */
const POLL_MS = 500;

/**
 * The keys of a ring, ready to use. `changed` is asked now and then for a newer ring, and at once when a key is not
 * known: so that a running server takes up what another process has begun to use. Throws when the ring is malformed.
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
 * The keys in a file, which is made (mode 0600) when it is not there, and read again when it changes. Without this
 * file no phone number can be decrypted and no seal verified: back it up. Throws {@link InvalidKeyRingError} when the
 * file holds something else.
 */
export async function loadKeys(path: string): Promise<Keys> {
  await ensureRing(path);
  return createKeys(await readRing(path), { changed: ringReader(path) });
}
