import type { Actor } from "./actor.ts";
import type { IdempotencyRecord } from "./idempotency.ts";

/** The actor of a command and its idempotency record; null when the caller sent no key. */
export interface CommandContext {
  actor: Actor;
  idempotency: IdempotencyRecord | null;
}
