import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";

const MIN_LENGTH = 10;
/** What people choose when they are made to choose. */
const common = /^(?:0123456789|1234567890|12345678910|qwertyuiop|password\d*|dianxiaoer\d*|abc123456\d*)$/i;

/** Throws `auth.password_weak` for a password that is short, known to all, the account's name, or the one before. */
export function assertStrongPassword(password: string, account: string, before: string): void {
  const same = password === before || password.toLowerCase().includes(account);
  const monotonous = new Set(password).size < 5;
  if ([...password].length < MIN_LENGTH || same || monotonous || common.test(password)) refuse("auth.password_weak");
}

/**
 * Whether an own password can take the place of a temporary one. Throws `auth.password_temporary` when none is given,
 * `auth.password_outdated`, `auth.password_weak`.
 */
export function assertReplacement(
  { clock }: Uses<"clock">,
  { subject, temporaryUntil }: Identity,
  temporary: string,
  own: string | undefined,
): asserts own is string {
  if (temporaryUntil && temporaryUntil <= clock.now()) refuse("auth.password_outdated");
  if (own === undefined) refuse("auth.password_temporary");
  assertStrongPassword(own, subject, temporary);
}

/**
 * Puts an own password in place of a temporary one, once: of two who hold it one is let in. Returns its hash. Throws
 * as {@link assertReplacement}, and `auth.password_invalid` for the second.
 */
export async function replaceTemporary(
  deps: Uses<"clock" | "passwords" | "store">,
  identity: Identity,
  temporary: string,
  own: string | undefined,
): Promise<string> {
  const { subject, secret } = identity;
  assertReplacement(deps, identity, temporary, own);
  const fresh = await deps.passwords.hash(own);
  if (!(await deps.store.identities.setSecret(subject, secret, fresh, null))) refuse("auth.password_invalid");
  return fresh;
}
