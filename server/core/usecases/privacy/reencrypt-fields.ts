import type { Ports, Uses } from "../../ports.ts";
import type { Sealed } from "../../domain/requests/request-content.ts";
import { sealedFields } from "../../domain/privacy/sealed-fields.ts";
import type { SealedValues } from "../../store/privacy/sealed-fields.ts";

const BATCH = 200;

/** The ports for migrating data between keys. */
export type ReencryptionPorts = Uses<"store" | "keys">;
/** Called with the progress: a collection, how many documents were read, and how many were changed. */
export type Progress = (where: string, seen: number, moved: number) => void;

const keyOf = (sealed: Sealed): string => sealed.split(":", 1)[0] ?? "";

/** The value sealed with the current key. Throws when it was sealed for another context. */
function sealedAnew({ open, seal }: Ports["keys"], sealed: Sealed, contexts: readonly string[]): Sealed {
  for (const [n, context] of contexts.entries()) {
    try {
      return seal(open(sealed, context), context);
    } catch (error) {
      if (n === contexts.length - 1) throw error;
    }
  }
  throw new Error("nothing says for what it is sealed");
}

/**
 * Seals all fields with the current key. Each document is changed in one write, on the condition that the values are
 * still those that were read; a concurrent change is kept, and the next run covers it. It can be repeated, interrupted,
 * and run on two machines. Returns how many documents were changed.
 */
export async function reencryptFields(
  { store, keys }: ReencryptionPorts,
  told: Progress = () => undefined,
): Promise<number> {
  let all = 0;
  for (const { collection, fields } of sealedFields) {
    let [seen, moved] = [0, 0];
    const paths = Object.keys(fields);
    for (let after: Parameters<typeof store.sealedFields.after>[2] = null; ;) {
      const documents = await store.sealedFields.after(collection, paths, after, BATCH);
      const last = documents.at(-1);
      if (!last) break;
      for (const { id, values } of documents) {
        const inUse = keys.current("field").id;
        const old = Object.entries(values).filter(([, value]) => keyOf(value) !== inUse);
        if (!old.length) continue;
        const contexts = (path: string) => (fields[path] ?? []).map((context) => context.replace("{id}", String(id)));
        const fresh = old.map(([path, value]) => [path, sealedAnew(keys, value, contexts(path))] as const);
        const before = Object.fromEntries(old) as SealedValues;
        if (await store.sealedFields.replace(collection, id, before, Object.fromEntries(fresh))) moved++;
      }
      seen += documents.length;
      told(collection, seen, moved);
      after = last.id;
    }
    all += moved;
  }
  return all;
}

/** How many documents and files are still sealed with that key. */
export async function countOldCiphertexts({ store }: ReencryptionPorts, keyId: string): Promise<number> {
  let left = await store.sealedFields.files(keyId);
  for (const { collection, fields } of sealedFields) {
    for (const path of Object.keys(fields)) left += await store.sealedFields.count(collection, path, keyId);
  }
  return left;
}
