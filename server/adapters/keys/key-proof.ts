import { createHmac } from "node:crypto";
import type { Sealed } from "../../core/domain/requests/request.ts";
import type { Store } from "../../core/store/store.ts";
import type { Keys } from "./keys.ts";

/**
 * What only the keys of this database can have made; kept in the database, and worth nothing to whoever reads it
 * there.
 */
interface KeyProof {
  field: Sealed;
  blind: string;
  log: { id: string; mac: string };
}

export const KEY_PROOF = "key-proof";
const PROOF_TEXT = "the keys of this database";

/** The key ring is not the one with which the database was written. The message is a sentence for the operator. */
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

/** Whether these keys open what the proof's keys have closed. */
function opens(keys: Keys, proof: KeyProof): boolean {
  try {
    if (keys.open(proof.field, KEY_PROOF) !== PROOF_TEXT) return false;
  } catch {
    return false;
  }
  return logMac(keys, proof.log.id) === proof.log.mac && keys.all("blind").some((key) => blindMac(key) === proof.blind);
}

/** Whether the keys are those of which this is the proof (null: there is none, and any keys will do). */
export const matchesProof = (proof: unknown, keys: Keys): boolean => proof === null || opens(keys, proof as KeyProof);

/** Whether the keys are those of the database; true also of a database that has no proof yet. */
export const keysMatch = async (store: Pick<Store, "meta">, keys: Keys): Promise<boolean> =>
  matchesProof(await store.meta.get(KEY_PROOF), keys);

/**
 * At the start, before anything is written: the keys must be those of the database, or phone numbers would be sealed
 * that nobody can open, and a log continued that no longer verifies. Leaves a proof by the newest keys. Throws {@link
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
