import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { endSessions } from "./end-sessions.ts";
import { type OpenSession, SESSION_MS, tokensOf } from "./open-session.ts";

/**
 * For so long the token before is answered with the current one again, ms: the reply was lost, or two tabs refreshed
 * at once.
 */
const GRACE_MS = 30_000;

/**
 * Exchanges a refresh token for the next pair. An older token than the last means that it was copied: the session
 * ends for both (RFC 9700, 4.14.2). Throws `auth.session_ended`.
 */
export async function refreshSession(
  deps: Uses<"clock" | "loginsEnded" | "store" | "tokens">,
  refreshToken: string,
): Promise<OpenSession> {
  const claims = deps.tokens.readRefresh(refreshToken);
  const before = claims && (await deps.store.sessions.find(claims.sessionId));
  const now = deps.clock.now();
  if (!claims || !before || before.expiresAt <= now) refuse("auth.session_ended");
  const user = await deps.store.users.find(before.userId);
  if (!user || user.closedAt) refuse("auth.session_ended");

  const until = new Date(now.getTime() + SESSION_MS);
  const rotated = await deps.store.sessions.rotate(before.id, claims.generation, now, until);
  if (rotated) return tokensOf(deps, rotated, user);
  const session = await deps.store.sessions.find(before.id);
  if (!session) refuse("auth.session_ended");
  const justReplaced =
    claims.generation === session.generation - 1 && now.getTime() - session.rotatedAt.getTime() <= GRACE_MS;
  if (justReplaced) return tokensOf(deps, session, user);
  await endSessions(deps, { userId: session.userId, ids: [session.userId] }, ({ id }) => id === session.id);
  return refuse("auth.session_ended");
}
