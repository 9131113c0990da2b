import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, isAccountClosed, toActor } from "../../domain/accounts/user.ts";
import type { AccessClaims } from "../../../adapters/identity/tokens.ts";
import type { Uses } from "../../ports.ts";

/**
 * How long after the end of logins a newer token is still looked up, in ms: a refresh at the same moment may issue a
 * token slightly later, and another server's clock may be ahead.
 */
const CLOCK_SETTLING_MS = 60_000;

/** The claims of an access token that identify its login. */
export type TokenOf = Pick<AccessClaims, "sessionId" | "issuedAt">;

/**
 * Whether the token's login has ended. An ended login is refused at once on every server, not when its token expires.
 * The user, who is loaded with each call anyway, has the time when logins were last ended; only for older tokens the
 * session is looked up.
 */
export async function isLoginEnded(
  { store }: Uses<"store">,
  { signedOutAt }: Pick<User, "signedOutAt">,
  { sessionId, issuedAt }: TokenOf,
): Promise<boolean> {
  if (!signedOutAt || issuedAt.getTime() > signedOutAt.getTime() + CLOCK_SETTLING_MS) return false;
  return (await store.sessions.find(sessionId)) === null;
}

/** The caller with this access token, in the role in use. Throws `auth.session_ended`. */
export async function resolveCaller(
  deps: Uses<"clock" | "store" | "tokens">,
  accessToken: string,
): Promise<{ actor: Actor; sessionId: string; claims: AccessClaims }> {
  const claims = deps.tokens.verifyAccess(accessToken, deps.clock.now());
  const user = claims && (await deps.store.users.find(claims.userId));
  if (!user || isAccountClosed(user) || (await isLoginEnded(deps, user, claims))) refuse("auth.session_ended");
  return { actor: toActor(user), sessionId: claims.sessionId, claims };
}
