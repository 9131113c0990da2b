import type { Actor } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";

/** Marks notices of the caller as read, all when no ids are given. Returns how many are unread then. */
export async function markRead(deps: Uses<"clock" | "store">, actor: Actor, ids?: readonly string[]): Promise<number> {
  await deps.store.notices.markRead(actor.ids, ids ? { ids } : {}, deps.clock.now());
  return deps.store.notices.unread(actor.ids);
}
