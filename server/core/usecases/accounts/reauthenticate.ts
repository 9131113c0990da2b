import { refuse } from "../../../kernel/errors.ts";
import { isFreshlyAuthenticated } from "../../domain/accounts/session-end.ts";
import type { Uses } from "../../ports.ts";
import type { Caller } from "./change-password.ts";
import { type OpenSession, tokensOf } from "./open-session.ts";
import { prove } from "./own-factor.ts";

/**
 * Gives an access token that says that the caller has just given the password, and a code where the account has a
 * second factor. It is of the caller's session. Throws `auth.session_ended`, and as `prove` does.
 */
export async function reauthenticate(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "tokens" | "wakeRelay">,
  caller: Caller,
  { password, code }: { password: string; code?: string | undefined },
): Promise<OpenSession> {
  const { user } = await prove(deps, caller, password, code);
  const session = caller.sessionId === null ? null : await deps.store.sessions.find(caller.sessionId);
  if (!session || !caller.actor.ids.includes(session.userId)) refuse("auth.session_ended");
  return tokensOf(deps, session, user, deps.clock.now());
}

/** Throws `auth.reauthentication_required` unless the caller has just authenticated. */
export function assertFreshlyAuthenticated({ clock }: Uses<"clock">, authenticatedAt: Date | null): void {
  if (!isFreshlyAuthenticated(authenticatedAt, clock.now())) refuse("auth.reauthentication_required");
}
