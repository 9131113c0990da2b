import { refuse } from "../../../kernel/errors.ts";
import { type User, isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";

/** An account and its password, as somebody who is not logged in gives them. */
export interface Credentials {
  /** In any case. */
  account: string;
  password: string;
  /** Where the call comes from. */
  address: string;
}

/** Somebody who knows an account's password; what else it takes to be let in is not asked yet. */
export interface AccountHolder {
  identity: Identity;
  user: User;
}

/**
 * Whose password it is. An account that does not exist is refused as a wrong password is, and takes as long; each
 * wrong one is on record. Throws `auth.password_invalid`, `auth.locked`.
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
