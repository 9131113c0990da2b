import type { Ports, Uses } from "../../ports.ts";

/** The ports for noting closed accounts outside the database. */
type ErasureNotePorts = Uses<"erasureNotes"> & { store: Pick<Ports["store"], "users"> };

/**
 * Notes outside the database every account that was closed after `since` and is not noted yet, because of a crash, a
 * full disk or another machine. Returns the time of the last closing, from which to continue.
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
