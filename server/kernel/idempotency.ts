import { refuse } from "./errors.ts";
import type { Intent } from "../deps.ts";

/**
 * Whether this intent was carried out already. Throws `idempotency.key_reused` when the key was used for something else
 * (the same key and body gets the same answer, another body gets 422).
 */
export function wasDone(intent: Intent | null, steps: readonly { key: string; bodyHash: string }[]): boolean {
  const step = intent && steps.find(({ key }) => key === intent.key);
  if (!step) return false;
  if (![intent.bodyHash, ...(intent.otherHashes ?? [])].includes(step.bodyHash)) refuse("idempotency.key_reused");
  return true;
}
