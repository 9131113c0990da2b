import { refuse } from "./errors.ts";

/** The identity of a command that must happen once: the `Idempotency-Key` header and a keyed hash of the body. */
export interface IdempotencyRecord {
  key: string;
  bodyHash: string;
  /**
   * The hashes under all keys of the ring. The command may have been executed before a key rotation, or by a process
   * that has rotated already.
   */
  otherHashes?: readonly string[];
}

/**
 * Whether a command with this idempotency key was executed already. Throws `idempotency.key_reused` when it was used
 * with another body.
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
