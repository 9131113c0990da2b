import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { AccountHolder } from "./check-password.ts";

const MIN_LENGTH = 10;
/** Shorter names, such as one of a single character, are in too many passwords. */
const MIN_OWN_WORD = 2;

/** Words that others know of the person: the account, the name, the phone, the communities. */
async function ownWords(
  { store, keys }: Uses<"keys" | "store">,
  { memberships, name, phone, registration }: User,
  account: string,
): Promise<string[]> {
  const sealed = phone ?? registration?.phone ?? null;
  const ids = new Set(memberships.flatMap(({ communityIds }) => communityIds));
  const communities = await Promise.all([...ids].map((id) => store.communities.find(id)));
  const names = communities.flatMap((community) => (community ? [community.id, community.name] : []));
  return [account, name ?? "", sealed ? keys.open(sealed, "phone") : "", ...names]
    .map((word) => word.toLowerCase())
    .filter((word) => [...word].length >= MIN_OWN_WORD);
}

/**
 * Throws `auth.password_weak` with `why` for a password that is `short`, of few different characters (`monotonous`),
 * the `same` as the previous one, `common` in leaks, or has a word of the person's `own` in it.
 */
export async function assertStrongPassword(
  deps: Uses<"keys" | "passwords" | "store">,
  password: string,
  { user, account, before }: { user: User; account: string; before: string },
): Promise<void> {
  if ([...password].length < MIN_LENGTH) refuse("auth.password_weak", { why: "short" });
  if (password === before) refuse("auth.password_weak", { why: "same" });
  if (new Set(password).size < 5) refuse("auth.password_weak", { why: "monotonous" });
  if (deps.passwords.isCommon(password)) refuse("auth.password_weak", { why: "common" });
  const typed = password.toLowerCase();
  const own = await ownWords(deps, user, account);
  if (own.some((word) => typed.includes(word))) refuse("auth.password_weak", { why: "own" });
}

/**
 * The own password, when it can replace the one-time password. Throws `auth.password_temporary` when none is
 * given, `auth.password_outdated`, `auth.password_weak`.
 */
export async function assertReplacement(
  deps: Uses<"clock" | "keys" | "passwords" | "store">,
  { identity, user }: AccountHolder,
  temporary: string,
  own: string | undefined,
): Promise<string> {
  const { subject, temporaryUntil } = identity;
  if (temporaryUntil && temporaryUntil <= deps.clock.now()) refuse("auth.password_outdated");
  if (own === undefined) refuse("auth.password_temporary");
  await assertStrongPassword(deps, own, { user, account: subject, before: temporary });
  return own;
}

/**
 * Replaces a one-time password, once: of two callers who know it one succeeds. Returns the hash of the new password.
 * Throws as {@link assertReplacement}, and `auth.password_invalid` for the second caller.
 */
export async function replaceTemporary(
  deps: Uses<"clock" | "keys" | "passwords" | "store">,
  holder: AccountHolder,
  temporary: string,
  own: string | undefined,
): Promise<string> {
  const { subject, secret } = holder.identity;
  const fresh = await deps.passwords.hash(await assertReplacement(deps, holder, temporary, own));
  if (!(await deps.store.identities.setSecret(subject, secret, fresh, null))) refuse("auth.password_invalid");
  return fresh;
}
