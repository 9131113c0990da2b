import type { Actor } from "../../domain/actor.ts";
import { refuse } from "../../domain/errors.ts";
import { isGone, toActor } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";

/** Whoever holds the access token, in the role in use now. Throws `auth.session_ended`. */
export async function whoCalls(
  deps: Pick<Deps, "store" | "tokens" | "clock">,
  accessToken: string,
): Promise<{ actor: Actor; sessionId: string; expiresAt: Date }> {
  const claims = deps.tokens.verifyAccess(accessToken, deps.clock.now());
  const user = claims && (await deps.store.users.find(claims.userId));
  if (!user || isGone(user)) refuse("auth.session_ended");
  // Logins that somebody else has ended are over at once, not when the token runs out; only a token that may be of before asks.
  const fromBefore = user.signedOutAt && claims.issuedAt <= user.signedOutAt;
  if (fromBefore && !(await deps.store.sessions.find(claims.sessionId))) refuse("auth.session_ended");
  return { actor: toActor(user), sessionId: claims.sessionId, expiresAt: claims.expiresAt };
}
