import type { User } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import type { Identity } from "../../store/identities.ts";
import { newId } from "../ids.ts";

/** The user of an identity; a new one when nobody has it. Two first logins at once make one user. */
export async function userOf(
  deps: Deps,
  identity: Pick<Identity, "kind" | "subject"> & Partial<Identity>,
  fields: Partial<Pick<User, "phone">> = {},
): Promise<User> {
  const { kind, subject } = identity;
  const found = await deps.store.identities.find(kind, subject);
  const { userId } = found ?? (await deps.store.identities.link({ ...identity, kind, subject, userId: newId() }));
  // A crash may have left the identity without its user; making the user with that id mends it.
  const user = await deps.store.users.find(userId);
  return user ?? deps.store.users.create({ id: userId, createdAt: deps.clock.now(), ...fields });
}

/**
 * Makes two accounts of one person one: `survivor` takes over what `merged` had. In this order a crash leaves at worst two
 * accounts of which the survivor sees both, and repeating it ends it. No request and no log row is rewritten.
 */
export async function mergeInto(deps: Deps, survivor: User, merged: User): Promise<User> {
  await deps.store.users.absorb(survivor.id, merged);
  await deps.store.identities.move(merged.id, survivor.id);
  await deps.store.sessions.move(merged.id, survivor.id);
  await deps.store.users.update(merged.id, { mergedInto: survivor.id });
  return (await deps.store.users.find(survivor.id)) ?? survivor;
}
