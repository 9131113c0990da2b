import type { Actor } from "./actor.ts";
import type { IdempotencyRecord } from "./idempotency.ts";

/** Who gives a command, and the idempotency key under which it is given; null: the caller gave none. */
export interface CommandContext {
  actor: Actor;
  idempotency: IdempotencyRecord | null;
}
