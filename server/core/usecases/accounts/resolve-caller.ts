import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, isAccountClosed, toActor } from "../../domain/accounts/user.ts";
import type { AccessClaims } from "../../../adapters/identity/tokens.ts";
import type { Uses } from "../../ports.ts";

/**
 * A refresh that is under way while a login ends may give out a token a moment later, and another server's clock may
 * be ahead: so much later, ms, a token is still looked up.
 */
const CLOCK_SETTLING_MS = 60_000;

/** The part of an access token that says which login it is of. */
export type TokenOf = Pick<AccessClaims, "sessionId" | "issuedAt">;

/**
 * Whether the token's login has ended. One that ends is over at once on every server, not when its token runs out:
 * the user, who is loaded with each call anyway, says when logins were last ended; only a token that may be of before
 * asks whether its own is there.
 */
export async function isLoginEnded(
  { store }: Uses<"store">,
  { signedOutAt }: Pick<User, "signedOutAt">,
  { sessionId, issuedAt }: TokenOf,
): Promise<boolean> {
  if (!signedOutAt || issuedAt.getTime() > signedOutAt.getTime() + CLOCK_SETTLING_MS) return false;
  return (await store.sessions.find(sessionId)) === null;
}

/** Whoever holds the access token, in the role in use now. Throws `auth.session_ended`. */
export async function resolveCaller(
  deps: Uses<"clock" | "store" | "tokens">,
  accessToken: string,
): Promise<{ actor: Actor; sessionId: string; claims: AccessClaims }> {
  const claims = deps.tokens.verifyAccess(accessToken, deps.clock.now());
  const user = claims && (await deps.store.users.find(claims.userId));
  if (!user || isAccountClosed(user) || (await isLoginEnded(deps, user, claims))) refuse("auth.session_ended");
  return { actor: toActor(user), sessionId: claims.sessionId, claims };
}
