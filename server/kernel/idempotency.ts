import { refuse } from "./errors.ts";

/** What makes a command happen once: the `Idempotency-Key` header and a keyed hash of what was asked. */
export interface IdempotencyRecord {
  key: string;
  bodyHash: string;
  /**
   * The hash by each key of the ring: the command may have been carried out before a rotation, or by a process that
   * has rotated already.
   */
  otherHashes?: readonly string[];
}

/**
 * Whether a command with this idempotency key was carried out already. Throws `idempotency.key_reused` when the key
 * was used for something else: the same key and body gets the same answer, another body is refused.
 */
export function isReplay(
  idempotency: IdempotencyRecord | null,
  steps: readonly { key: string; bodyHash: string }[],
): boolean {
  const step = idempotency && steps.find(({ key }) => key === idempotency.key);
  if (!step) return false;
  if (![idempotency.bodyHash, ...(idempotency.otherHashes ?? [])].includes(step.bodyHash))
    refuse("idempotency.key_reused");
  return true;
}
