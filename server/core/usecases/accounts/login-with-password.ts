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

/** The input of a login. */
interface Brought extends Credentials {
  /** Replaces a one-time password. */
  newPassword?: string | undefined;
  /** A code of the second factor. */
  code?: string | undefined;
}

/**
 * Logs in with account and password, and with a code where the account has a second factor. A one-time password is
 * accepted only together with a new password. Throws `auth.password_invalid`, `auth.password_temporary`,
 * `auth.password_outdated`, `auth.password_weak`, `auth.second_factor_required`, `auth.second_factor_invalid`,
 * `auth.second_factor_missing` when the account must have one, `auth.locked`.
 */
export async function loginWithPassword(
  deps: Uses<
    | "clock"
    | "consoleSession"
    | "factorPolicy"
    | "keys"
    | "loginsEnded"
    | "passwords"
    | "secondFactors"
    | "store"
    | "tokens"
    | "wakeRelay"
  >,
  brought: Brought,
  from: LoginFrom,
): Promise<OpenSession> {
  const { password, newPassword, code } = brought;
  const holder = await checkPassword(deps, brought);
  const { identity, user } = holder;
  // Checked before the code, so that a refused login does not use up the code.
  if (identity.temporaryUntil) await assertReplacement(deps, holder, password, newPassword);
  await verifySecondFactor(deps, holder, code, brought.address);
  let { secret } = identity;
  if (identity.temporaryUntil) {
    secret = await replaceTemporary(deps, holder, password, newPassword);
    // The log of the community records from when on the holder alone knows the password.
    await recordAccountEvent(deps, { actor: toActor(user), idempotency: null }, user.id, {
      type: "account.activated",
      data: { role: (membershipInUse(user) ?? user.memberships[0])?.role ?? null },
    });
  }
  if (!identity.factor && needsFactor(deps.factorPolicy, user)) refuse("auth.second_factor_missing");
  return open(deps, { user, identity: { ...identity, secret } }, from);
}

/** The holder of an account with its own password and without a second factor. */
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
 * Begins the enrolment of a second factor after a login was refused with `auth.second_factor_missing`. Throws
 * `auth.second_factor_required` when the account has one, and as the login does.
 */
export async function beginFactorAtLogin(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  given: Credentials,
): Promise<Enrolment> {
  return beginFactor(deps, (await withoutFactor(deps, given)).identity);
}

/**
 * Completes the enrolment with the first code, and logs in. Throws as {@link beginFactorAtLogin} and `confirmFactor`.
 */
export async function confirmFactorAtLogin(
  deps: Uses<
    | "clock"
    | "consoleSession"
    | "keys"
    | "loginsEnded"
    | "passwords"
    | "secondFactors"
    | "store"
    | "tokens"
    | "wakeRelay"
  >,
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
 * Opens the session. When the account's password or second factor was changed meanwhile, which ends all logins, the new
 * session is ended, too, and the login refused.
 */
async function open(
  deps: Uses<"clock" | "consoleSession" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  { user, identity }: AccountHolder,
  from: LoginFrom,
): Promise<OpenSession> {
  const opened = await openSession(deps, user, "password", from);
  if (sameWay(identity, await deps.store.identities.find("account", identity.subject))) return opened;
  await deps.store.sessions.end([opened.sessionId]);
  return refuse("auth.password_invalid");
}
