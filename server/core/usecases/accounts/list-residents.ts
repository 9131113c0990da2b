import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/**
 * Registered residents of the actor's communities, newest registration first, with the names of those who confirmed
 * them. Throws `cursor.invalid`.
 */
export async function listResidents(
  deps: Uses<"store">,
  actor: Actor,
  query: { tier?: "registered" | "confirmed" | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<User> & { confirmers: ReadonlyMap<string, string> }> {
  const confirmed = query.tier && query.tier === "confirmed";
  const page = await deps.store.users.residents(actor.communityIds, confirmed, query.limit, query.cursor);
  return { ...page, confirmers: await confirmersOf(deps, page.items) };
}

/** Names of those who confirmed these residents, by id. */
export async function confirmersOf(
  deps: Uses<"store">,
  residents: readonly User[],
): Promise<ReadonlyMap<string, string>> {
  const ids = residents.flatMap(({ registration }) => registration?.confirmedBy ?? []);
  const people = await deps.store.users.findMany([...new Set(ids)]);
  return new Map(people.map(({ id, name }) => [id, name ?? ""]));
}
