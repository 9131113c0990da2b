import type { Ports, Uses } from "../../ports.ts";

/** Closed accounts, and where they are noted. */
type ErasureNotePorts = Uses<"erasureNotes"> & { store: Pick<Ports["store"], "users"> };

/**
 * Notes outside the database every account that was closed after `since` and is not noted yet: what a crash, a full
 * disk or another machine has left out. Returns when the last of them was closed, to go on from.
 */
export async function recordErasures({ store, erasureNotes }: ErasureNotePorts, since: Date): Promise<Date> {
  let known: Set<string> | null = null;
  let last = since;
  for await (const { id, mergedIds, closedAt } of store.users.closedAfter(since)) {
    last = closedAt;
    known ??= new Set((await erasureNotes.read()).flatMap(({ ids }) => ids));
    if (known.has(id)) continue;
    const ids = [id, ...mergedIds];
    await erasureNotes.note({ ids, at: closedAt });
    for (const each of ids) known.add(each);
  }
  return last;
}
