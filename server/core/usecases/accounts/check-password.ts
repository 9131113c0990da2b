import { refuse } from "../../../kernel/errors.ts";
import { type User, isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";

/** The account and password of a caller who is not logged in. */
export interface Credentials {
  /** In any case. */
  account: string;
  password: string;
  /** The caller's network address. */
  address: string;
}

/** A user whose password was verified. Other conditions of the login are not checked yet. */
export interface AccountHolder {
  identity: Identity;
  user: User;
}

/**
 * The holder of the account, after the password was verified. An unknown account is refused like a wrong password and
 * takes as long. Each failure is recorded. Throws `auth.password_invalid`, `auth.locked`.
 */
export async function checkPassword(
  deps: Uses<"clock" | "keys" | "passwords" | "store" | "wakeRelay">,
  { account, password, address }: Credentials,
): Promise<AccountHolder> {
  const subject = account.toLowerCase();
  const guess = await beginThrottledAttempt(deps, "account", subject, address);
  const identity = await deps.store.identities.find("account", subject);
  const right = await deps.passwords.verify(password, identity?.secret ?? null);
  const user = right && identity ? await deps.store.users.find(identity.userId) : null;
  if (!user || !identity || isAccountClosed(user)) {
    await recordLoginFailure(deps, { how: "password", userId: identity?.userId ?? null, address });
    refuse("auth.password_invalid");
  }
  await guess.right();
  return { identity, user };
}
