import { createHmac } from "node:crypto";
import type { Sealed } from "../../core/domain/requests/request-content.ts";
import type { Store } from "../../core/store/store.ts";
import type { Keys } from "./keys.ts";

/**
 * Values that only the keys of this database can have produced. They are stored in the database and reveal nothing
 * about the keys.
 */
interface KeyProof {
  field: Sealed;
  blind: string;
  log: { id: string; mac: string };
}

export const KEY_PROOF = "key-proof";
const PROOF_TEXT = "the keys of this database";

/** The key ring differs from the one that the database was written with. The message is a sentence for the operator. */
export class KeyMismatchError extends Error {}

const logMac = (keys: Keys, id: string): string | null => {
  const key = keys.get("log", id);
  return key && createHmac("sha256", key).update(PROOF_TEXT).digest("base64url");
};

const blindMac = (key: Parameters<typeof createHmac>[1]): string =>
  createHmac("sha256", key).update(PROOF_TEXT).digest("base64url");

const make = (keys: Keys): KeyProof => {
  const { id } = keys.current("log");
  return {
    field: keys.seal(PROOF_TEXT, KEY_PROOF),
    blind: blindMac(keys.current("blind").key),
    log: { id, mac: logMac(keys, id) ?? "" },
  };
};

/** Whether these keys decrypt and reproduce the values of the proof. */
function opens(keys: Keys, proof: KeyProof): boolean {
  try {
    if (keys.open(proof.field, KEY_PROOF) !== PROOF_TEXT) return false;
  } catch {
    return false;
  }
  return logMac(keys, proof.log.id) === proof.log.mac && keys.all("blind").some((key) => blindMac(key) === proof.blind);
}

/** Whether the keys match a stored proof. A null proof matches any keys. */
export const matchesProof = (proof: unknown, keys: Keys): boolean => proof === null || opens(keys, proof as KeyProof);

/** Whether the keys are those of the database; true also when it has no proof yet. */
export const keysMatch = async (store: Pick<Store, "meta">, keys: Keys): Promise<boolean> =>
  matchesProof(await store.meta.get(KEY_PROOF), keys);

/**
 * Checks at the start that the keys are those of the database. With other keys, new phone numbers could not be
 * decrypted later, and the log would no longer verify. Then stores a proof made with the newest keys. Throws {@link
 * KeyMismatchError}.
 */
export async function ensureKeyProof(store: Pick<Store, "meta">, keys: Keys): Promise<void> {
  if (!(await keysMatch(store, keys))) {
    throw new KeyMismatchError(
      "密钥文件与数据库不是一套：用它解不开已有的手机号，台账也接不上。请从备份恢复原来的密钥文件（KEYS_FILE），不要用新的。",
    );
  }
  await store.meta.set(KEY_PROOF, make(keys));
}
