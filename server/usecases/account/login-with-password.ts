import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
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
  // Some type their password there: it is not stored either.
  const counted = deps.keys.blindIndex("account", subject);
  await countAgainst(deps, "passwordAccount", counted);
  const identity = await deps.store.identities.find("account", subject);
  const right = await deps.passwords.verify(password, identity?.secret ?? null);
  const user = right && identity ? await deps.store.users.find(identity.userId) : null;
  if (!user) {
    await recordLoginFailure(deps, { how: "password", userId: identity?.userId ?? null, address });
    refuse("auth.password_invalid");
  }
  await deps.store.limits.clear(`passwordAccount:${counted}`);
  return openSession(deps, user);
}
