import { refuse } from "../../domain/errors.ts";
import { isGone, membershipInUse, toActor } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginGuess } from "./guess.ts";
import { noteAccount } from "./note-account.ts";
import { type LoginFrom, type OpenSession, openSession } from "./open-session.ts";
import { replaceTemporary } from "./own-password.ts";

/** What somebody typed, and from where. */
interface TypedPassword {
  account: string;
  password: string;
  /** The own password that takes the place of a temporary one. */
  own?: string | undefined;
  address: string;
}

/**
 * Logs in by account (any case) and password. An account that does not exist is refused as a wrong password is, and takes as long.
 * A temporary password opens nothing: with it comes the own one that takes its place. Throws `auth.password_invalid`,
 * `auth.password_temporary`, `auth.password_outdated`, `auth.password_weak`, `auth.locked`.
 */
export async function loginWithPassword(
  deps: Deps,
  { account, password, own, address }: TypedPassword,
  from: LoginFrom,
): Promise<OpenSession> {
  const subject = account.toLowerCase();
  const guess = await beginGuess(deps, "account", subject, address);
  const identity = await deps.store.identities.find("account", subject);
  const right = await deps.passwords.verify(password, identity?.secret ?? null);
  const user = right && identity ? await deps.store.users.find(identity.userId) : null;
  if (!user || !identity || isGone(user)) {
    await recordLoginFailure(deps, { how: "password", userId: identity?.userId ?? null, address });
    refuse("auth.password_invalid");
  }
  await guess.right();
  let { secret } = identity;
  if (identity.temporaryUntil) {
    secret = await replaceTemporary(deps, identity, password, own);
    // The log of the community knows since when the account is its holder's own.
    await noteAccount(deps, { actor: toActor(user), intent: null }, user.id, {
      type: "account.activated",
      data: { role: (membershipInUse(user) ?? user.memberships[0])?.role ?? null },
    });
  }
  const opened = await openSession(deps, user, from);
  // Who changes a password ends the logins that are there: one that was under way with the old one is not, until now.
  if ((await deps.store.identities.find("account", subject))?.secret !== secret) {
    await deps.store.sessions.end([opened.sessionId]);
    refuse("auth.password_invalid");
  }
  return opened;
}
