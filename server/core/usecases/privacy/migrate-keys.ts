import type { Uses } from "../../ports.ts";
import { rehashIdentities } from "./rehash-identities.ts";
import { reencryptFields } from "./reencrypt-fields.ts";

/** The name of the stored value with the current keys for which the migration is complete. */
export const KEYS_MOVED = "keys-moved";

/**
 * Seals and hashes with the current keys what was made with older ones, once for each rotation. It does nothing for a
 * ring with one key of each purpose, or when the migration to the current keys is complete. The command that retires a
 * key counts what is still left.
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
