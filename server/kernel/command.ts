import type { Actor } from "./actor.ts";
import type { Intent } from "./idempotency.ts";

/** Who asks, and under which intent, if the caller gave one. */
export interface Asking {
  actor: Actor;
  intent: Intent | null;
}
