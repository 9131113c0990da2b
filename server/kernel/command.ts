import type { Actor } from "./actor.ts";
import type { IdempotencyRecord } from "./idempotency.ts";

/** Who asks, and under which intent, if the caller gave one. */
export interface CommandContext {
  actor: Actor;
  idempotency: IdempotencyRecord | null;
}
