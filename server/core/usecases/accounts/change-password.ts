import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { endSessions } from "./end-sessions.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";
import { recordAccountEvent } from "./record-account-event.ts";
import { assertStrongPassword } from "./own-password.ts";
import { ownUser } from "./update-me.ts";

/** A logged-in caller with session and address. */
export interface Caller {
  actor: Actor;
  sessionId: string | null;
  address: string;
}

/**
 * The caller's account that the password opens, so that a stranger at an unlocked browser cannot change it. Wrong
 * passwords count together with those of the login. Throws `account.no_password`, `account.password_wrong`,
 * `auth.locked`.
 */
export async function provePassword(
  deps: Uses<"clock" | "keys" | "passwords" | "store">,
  { actor, address }: Caller,
  password: string,
): Promise<Identity> {
  const accounts = await deps.store.identities.accountsOf(actor.userId);
  // A user has several accounts only after a merge of two users with one account each.
  for (const [n, account] of accounts.entries()) {
    const guess = await beginThrottledAttempt(deps, "account", account.subject, address);
    if (await deps.passwords.verify(password, account.secret)) {
      await guess.right();
      return account;
    }
    if (n === accounts.length - 1) refuse("account.password_wrong");
  }
  return refuse("account.no_password");
}

/**
 * Replaces the caller's password, ends every other login, and writes an event. Throws `account.no_password`,
 * `account.password_wrong`, `auth.password_weak`, `auth.locked`, `write.contended`.
 */
export async function changePassword(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "passwords" | "store" | "wakeRelay">,
  caller: Caller,
  { password, newPassword }: { password: string; newPassword: string },
): Promise<void> {
  const { actor, sessionId } = caller;
  const { subject, secret } = await provePassword(deps, caller, password);
  const user = await ownUser(deps, actor);
  await assertStrongPassword(deps, newPassword, { user, account: subject, before: password });
  const fresh = await deps.passwords.hash(newPassword);
  if (!(await deps.store.identities.setSecret(subject, secret, fresh, null))) refuse("write.contended");
  await endSessions(deps, actor, ({ id }) => id !== sessionId);
  const set = { signedOutAt: deps.clock.now() };
  await recordAccountEvent(deps, { actor, idempotency: null }, actor.userId, { type: "account.password_changed", set });
}
