import { type User, isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { newId } from "../../../kernel/ids.ts";

/** A way in that is kept as a keyed hash. */
export interface LoginMethod {
  kind: "phone" | "wechat";
  /** The phone, or the openid. */
  value: string;
}

/** What the sealed copy beside the hash is sealed for. */
export const sealContextOf: Readonly<Record<LoginMethod["kind"], string>> = { phone: "phone", wechat: "openid" };

/** The identity of a phone or openid, by whichever key of the ring it is hashed; null: nobody has it. */
export async function findIdentity(
  { store, keys }: Uses<"keys" | "store">,
  { kind, value }: LoginMethod,
): Promise<Identity | null> {
  for (const { index } of keys.blindIndexes(kind, value)) {
    const found = await store.identities.find(kind, index);
    if (found) return found;
  }
  return null;
}

/**
 * Links a phone or openid to a user, unless it is another's already; returns whose it is then. While there are
 * several keys it is linked by each, the oldest first: so two processes of which one knows a newer key than the
 * other, or no longer an older one, meet at the same document, and what the newest says holds.
 */
export async function linkIdentity(
  { store, keys }: Uses<"keys" | "store">,
  { kind, value }: LoginMethod,
  userId: string,
): Promise<string> {
  const sealed = keys.seal(value, sealContextOf[kind]);
  let owner = userId;
  for (const { keyId, index } of keys.blindIndexes(kind, value).toReversed()) {
    ({ userId: owner } = await store.identities.link({ kind, subject: index, userId: owner, sealed, keyId }));
  }
  return owner;
}

/**
 * Whose a phone or openid is; `userId`'s when it was nobody's. What only an older key finds is linked by the newest,
 * which settles it.
 */
export async function ownerOf(deps: Uses<"keys" | "store">, way: LoginMethod, userId: string): Promise<string> {
  const found = await findIdentity(deps, way);
  const [newest] = deps.keys.blindIndexes(way.kind, way.value);
  if (found && found.subject === newest?.index) return found.userId;
  return linkIdentity(deps, way, found?.userId ?? userId);
}

/**
 * The user of a phone or openid; when nobody has it, `whose`, or else a new one. Two first logins at once make one
 * user.
 */
export async function userOf(
  deps: Uses<"clock" | "keys" | "store">,
  way: LoginMethod,
  fields: Partial<Pick<User, "phone">> = {},
  whose = newId(),
): Promise<User> {
  const userId = await ownerOf(deps, way, whose);
  // A crash may have left the identity without its user; making the user with that id mends it.
  const user = await deps.store.users.find(userId);
  return user ?? deps.store.users.create({ id: userId, createdAt: deps.clock.now(), ...fields });
}

/**
 * Makes two accounts of one person one: `survivor` takes over what `merged` had, which holds no post (`mergeOrder`).
 * In this order a crash leaves at worst two accounts of which the survivor sees both, and repeating it ends it. No
 * request and no log row is rewritten.
 */
export async function mergeAccounts(deps: Uses<"store">, survivor: User, merged: User): Promise<User> {
  await deps.store.users.absorb(survivor.id, merged);
  await deps.store.identities.move(merged.id, survivor.id);
  await deps.store.sessions.move(merged.id, survivor.id);
  await deps.store.users.update(merged.id, { mergedInto: survivor.id });
  return (await deps.store.users.find(survivor.id)) ?? survivor;
}

/** Ends the merges into a user that a crash broke off when what led to the other account was moved already. */
export async function endMerges(deps: Uses<"store">, user: User): Promise<void> {
  for (const left of await deps.store.users.findMany(user.mergedIds))
    if (!isAccountClosed(left)) await mergeAccounts(deps, user, left);
}
