import type { Uses } from "../../ports.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, toActor } from "../../domain/accounts/user.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { endSessions } from "./end-sessions.ts";
import { recordAccountEvent } from "./record-account-event.ts";

type Parts = Uses<"store" | "clock" | "wakeRelay" | "loginsEnded">;

/**
 * Removes the second factor of accounts whose holder has lost phone and recovery codes, and ends every login. The event
 * is written first, so that no factor is removed without one. Returns whether there was a factor.
 */
export async function removeFactors(
  deps: Parts,
  command: CommandContext,
  user: User,
  accounts: readonly Identity[],
): Promise<boolean> {
  const having = accounts.filter(({ factor }) => factor);
  if (!having.length) return false;
  const data = { name: user.name };
  await recordAccountEvent(deps, command, user.id, { type: "account.second_factor_reset", data });
  for (const { subject } of having) await deps.store.secondFactors.remove(subject);
  await endSessions(deps, toActor(user), () => true);
  return true;
}

/**
 * Resets the second factor of any account, by the operator. Throws `auth.password_invalid` when the account does not
 * exist.
 */
export async function resetFactor(deps: Parts, command: CommandContext, account: string): Promise<boolean> {
  const identity = (await deps.store.identities.find("account", account)) ?? refuse("auth.password_invalid");
  const user = (await deps.store.users.find(identity.userId)) ?? refuse("auth.password_invalid");
  return removeFactors(deps, command, user, [identity]);
}
