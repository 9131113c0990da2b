import type { Uses } from "../../ports.ts";
import { rehashIdentities } from "./rehash-identities.ts";
import { reencryptFields } from "./reencrypt-fields.ts";

/** For which keys in use everything has been gone through. */
export const KEYS_MOVED = "keys-moved";

/**
 * Moves what older keys have sealed or hashed to those in use, once for each rotation: a ring with one key of each
 * costs nothing, and what was gone through for the keys in use is not gone through again. What is left by then, the
 * command counts that retires a key.
 */
export async function migrateKeys(deps: Uses<"keys" | "log" | "store">): Promise<void> {
  const { store, keys, log } = deps;
  const rotated = (["field", "blind"] as const).filter((purpose) => keys.generations(purpose).length > 1);
  if (!rotated.length) return;
  const inUse = rotated.map((purpose) => `${purpose}:${keys.current(purpose).id}`).join(" ");
  if ((await store.meta.get(KEYS_MOVED)) === inUse) return;
  if (rotated.includes("field")) {
    const moved = await reencryptFields(deps, (where, seen, count) =>
      log.debug({ where, seen, moved: count }, "keys: sealing anew"),
    );
    log.info({ moved }, "keys: fields are sealed with the key in use");
  }
  if (rotated.includes("blind")) {
    const { moved, stuck } = await rehashIdentities(deps);
    log.info({ moved, stuck }, "keys: people are found by the newest key");
  }
  await store.meta.set(KEYS_MOVED, inUse);
}
