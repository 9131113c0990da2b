import type { Actor } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";

/**
 * Marks notices of the caller as read: those with these ids, those about a request, or all when neither is given.
 * Returns how many are still unread.
 */
export async function markRead(
  deps: Uses<"clock" | "store">,
  actor: Actor,
  which: { ids?: readonly string[] | undefined; requestId?: string | undefined },
): Promise<number> {
  await deps.store.notices.markRead(actor.ids, which, deps.clock.now());
  return deps.store.notices.unread(actor.ids);
}
