import type { User } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import { newId } from "../ids.ts";

/** A session that nobody refreshes for so long is over, ms. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/** A login: the tokens, and who it is. */
export interface OpenSession {
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  user: User;
}

/** Logs the user in on one device. */
export async function openSession(deps: Deps, user: User): Promise<OpenSession> {
  const now = deps.clock.now();
  const session = {
    id: newId(),
    userId: user.id,
    generation: 1,
    rotatedAt: now,
    expiresAt: new Date(now.getTime() + SESSION_MS),
  };
  await deps.store.sessions.create(session);
  return tokensOf(deps, session, user);
}

/** The pair of tokens for a session's current generation. */
export function tokensOf(deps: Deps, session: { id: string; generation: number }, user: User): OpenSession {
  return {
    sessionId: session.id,
    accessToken: deps.tokens.issueAccess(user.id, session.id, deps.clock.now()),
    refreshToken: deps.tokens.issueRefresh(session.id, session.generation),
    user,
  };
}
