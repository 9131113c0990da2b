import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import { countAgainst } from "./limits.ts";
import { type OpenSession, openSession } from "./open-session.ts";

/**
 * Logs in by account (any case) and password. An account that does not exist is refused as a wrong password is, and takes as long.
 * Throws `auth.password_invalid`, `rate.limited`.
 */
export async function loginWithPassword(
  deps: Deps,
  account: string,
  password: string,
  address: string,
): Promise<OpenSession> {
  const subject = account.toLowerCase();
  await countAgainst(deps, "passwordAddress", deps.keys.blindIndex("address", address));
  await countAgainst(deps, "passwordAccount", subject);
  const identity = await deps.store.identities.find("account", subject);
  const right = await deps.passwords.verify(password, identity?.secret ?? null);
  const user = right && identity ? await deps.store.users.find(identity.userId) : null;
  if (!user) refuse("auth.password_invalid");
  await deps.store.limits.clear(`passwordAccount:${subject}`);
  return openSession(deps, user);
}
