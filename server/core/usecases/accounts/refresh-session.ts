import { refuse } from "../../../kernel/errors.ts";
import { sessionEnd } from "../../domain/accounts/session-end.ts";
import type { Uses } from "../../ports.ts";
import { endSessions } from "./end-sessions.ts";
import { type OpenSession, tokensOf } from "./open-session.ts";

/**
 * How long the previous token is still answered with the current one, in ms: the reply may have been lost, or two tabs
 * may have refreshed at once.
 */
const GRACE_MS = 30_000;

/**
 * How long a token in a cookie stays the current one, in ms. Each tab and each loaded page asks for an access token of
 * its own, and a tab that is closed meanwhile loses the reply. The replies of simultaneous calls have the same token.
 */
const COOKIE_ROTATION_MS = 5 * 60_000;

/**
 * Exchanges a refresh token for the next pair. An older token than the previous one was copied, so the session is ended
 * for both holders (RFC 9700, 4.14.2). Throws `auth.session_ended`.
 */
export async function refreshSession(
  deps: Uses<"clock" | "consoleSession" | "loginsEnded" | "store" | "tokens">,
  refreshToken: string | null,
  inCookie: boolean,
): Promise<OpenSession> {
  const claims = refreshToken === null ? null : deps.tokens.readRefresh(refreshToken);
  const before = claims && (await deps.store.sessions.find(claims.sessionId));
  const now = deps.clock.now();
  if (!claims || !before || before.expiresAt <= now) refuse("auth.session_ended");
  const user = await deps.store.users.find(before.userId);
  if (!user || user.closedAt) refuse("auth.session_ended");

  const isYoung = now.getTime() - before.rotatedAt.getTime() < COOKIE_ROTATION_MS;
  if (inCookie && isYoung && claims.generation === before.generation) return tokensOf(deps, before, user, null);
  // A page of the console refreshes by itself, so that a refresh is no use by the person.
  const extended = sessionEnd(deps.consoleSession, before, now);
  const until = before.front === "console" && before.expiresAt < extended ? before.expiresAt : extended;
  const rotated = await deps.store.sessions.rotate(before.id, claims.generation, now, until);
  if (rotated) return tokensOf(deps, rotated, user, null);
  const session = await deps.store.sessions.find(before.id);
  if (!session) refuse("auth.session_ended");
  const justReplaced =
    claims.generation === session.generation - 1 && now.getTime() - session.rotatedAt.getTime() <= GRACE_MS;
  if (justReplaced) return tokensOf(deps, session, user, null);
  await endSessions(deps, { userId: session.userId, ids: [session.userId] }, ({ id }) => id === session.id);
  return refuse("auth.session_ended");
}
