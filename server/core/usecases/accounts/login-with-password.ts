import { refuse } from "../../../kernel/errors.ts";
import { needsFactor } from "../../domain/accounts/second-factor.ts";
import { membershipInUse, toActor } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { type Credentials, type AccountHolder, checkPassword } from "./check-password.ts";
import { type Enrolment, beginFactor, confirmFactor } from "./enrol-factor.ts";
import { recordAccountEvent } from "./record-account-event.ts";
import { type LoginFrom, type OpenSession, openSession } from "./open-session.ts";
import { assertReplacement, replaceTemporary } from "./own-password.ts";
import { verifySecondFactor } from "./verify-second-factor.ts";

/** What somebody brings to the login besides account and password. */
interface Brought extends Credentials {
  /** Takes the place of a one-time password. */
  newPassword?: string | undefined;
  /** Of the second factor. */
  code?: string | undefined;
}

/**
 * Logs in by account and password, and by a code where the account has a second factor. A temporary password opens
 * nothing: with it comes the own one that takes its place. Throws `auth.password_invalid`, `auth.password_temporary`,
 * `auth.password_outdated`, `auth.password_weak`, `auth.second_factor_required`, `auth.second_factor_invalid`,
 * `auth.second_factor_missing` when the account must have one, `auth.locked`.
 */
export async function loginWithPassword(
  deps: Uses<
    "clock" | "factorPolicy" | "keys" | "loginsEnded" | "passwords" | "secondFactors" | "store" | "tokens" | "wakeRelay"
  >,
  brought: Brought,
  from: LoginFrom,
): Promise<OpenSession> {
  const { password, newPassword, code } = brought;
  const holder = await checkPassword(deps, brought);
  const { identity, user } = holder;
  // Before the code, which is good once: what is refused must not have used it up.
  if (identity.temporaryUntil) assertReplacement(deps, identity, password, newPassword);
  await verifySecondFactor(deps, holder, code, brought.address);
  let { secret } = identity;
  if (identity.temporaryUntil) {
    secret = await replaceTemporary(deps, identity, password, newPassword);
    // The log of the community knows since when the account is its holder's own.
    await recordAccountEvent(deps, { actor: toActor(user), idempotency: null }, user.id, {
      type: "account.activated",
      data: { role: (membershipInUse(user) ?? user.memberships[0])?.role ?? null },
    });
  }
  if (!identity.factor && needsFactor(deps.factorPolicy, user)) refuse("auth.second_factor_missing");
  return open(deps, { user, identity: { ...identity, secret } }, from);
}

/**
 * Whoever knows the password of an account without a second factor, which may have to have one before it can be used.
 */
async function withoutFactor(
  deps: Uses<"clock" | "keys" | "passwords" | "store" | "wakeRelay">,
  given: Credentials,
): Promise<AccountHolder> {
  const holder = await checkPassword(deps, given);
  if (holder.identity.temporaryUntil) refuse("auth.password_temporary");
  if (holder.identity.factor) refuse("auth.second_factor_required");
  return holder;
}

/**
 * Begins what a login lacks that was refused with `auth.second_factor_missing`. Throws `auth.second_factor_required`
 * when the account has one, and as the login.
 */
export async function beginFactorAtLogin(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  given: Credentials,
): Promise<Enrolment> {
  return beginFactor(deps, (await withoutFactor(deps, given)).identity);
}

/** The first code completes the login. Throws as {@link beginFactorAtLogin} and `confirmFactor`. */
export async function confirmFactorAtLogin(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "passwords" | "secondFactors" | "store" | "tokens" | "wakeRelay">,
  { code, ...given }: Credentials & { code: string },
  from: LoginFrom,
): Promise<{ opened: OpenSession; recoveryCodes: string[] }> {
  const { identity, user } = await withoutFactor(deps, given);
  const recoveryCodes = await confirmFactor(deps, { identity, user }, code, { address: given.address, keep: null });
  const { factor } = (await deps.store.identities.find("account", identity.subject)) ?? identity;
  return { opened: await open(deps, { user, identity: { ...identity, factor } }, from), recoveryCodes };
}

const sameWay = (one: Identity, other: Identity | null): boolean =>
  one.secret === other?.secret && one.factor?.since.getTime() === other?.factor?.since.getTime();

/**
 * Opens the session, unless the account has meanwhile been given another password or second factor: what ends every
 * login then has not ended this one.
 */
async function open(
  deps: Uses<"clock" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  { user, identity }: AccountHolder,
  from: LoginFrom,
): Promise<OpenSession> {
  const opened = await openSession(deps, user, from);
  if (sameWay(identity, await deps.store.identities.find("account", identity.subject))) return opened;
  await deps.store.sessions.end([opened.sessionId]);
  return refuse("auth.password_invalid");
}
