import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { newId } from "../../../kernel/ids.ts";

/** A phone or openid, which is stored as a keyed hash. */
export interface LoginMethod {
  kind: "phone" | "wechat";
  /** The phone, or the openid. */
  value: string;
}

/** The context for which the sealed copy beside the hash is sealed. */
export const sealContextOf: Readonly<Record<LoginMethod["kind"], string>> = { phone: "phone", wechat: "openid" };

/** The identity of a phone or openid, searched by all keys of the ring; null when nobody has it. */
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
 * Links a phone or openid to a user unless it is linked already, and returns the id of its user. While the ring has
 * several keys it is linked by each, the oldest first. So two processes whose rings differ by the newest or the oldest
 * key still meet at one document. The result of the newest key counts.
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
 * The id of the user of a phone or openid, which becomes `userId`'s when nobody has it. One that only an older key
 * finds is linked by the newest key, too.
 */
export async function ownerOf(deps: Uses<"keys" | "store">, way: LoginMethod, userId: string): Promise<string> {
  const found = await findIdentity(deps, way);
  const [newest] = deps.keys.blindIndexes(way.kind, way.value);
  if (found && found.subject === newest?.index) return found.userId;
  return linkIdentity(deps, way, found?.userId ?? userId);
}

/**
 * The user of a phone or openid. When nobody has it, it becomes that of `whose`, by default a new user. Two
 * simultaneous first logins create one user.
 */
export async function userOf(
  deps: Uses<"clock" | "keys" | "store">,
  way: LoginMethod,
  fields: Partial<Pick<User, "phone">> = {},
  whose = newId(),
): Promise<User> {
  const userId = await ownerOf(deps, way, whose);
  // A crash may have left the identity without its user. The user is then created with that id.
  const user = await deps.store.users.find(userId);
  return user ?? deps.store.users.create({ id: userId, createdAt: deps.clock.now(), ...fields });
}
