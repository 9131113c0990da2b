import type { Front } from "../../domain/accounts/device.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { newId } from "../../../kernel/ids.ts";
import { recordNewDevice } from "./record-new-device.ts";
import { endSessions } from "./end-sessions.ts";

/** A session that nobody refreshes for so long is over, ms. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/** A login: the tokens, and who it is. */
export interface OpenSession {
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  user: User;
}

/** On what somebody logs in. */
export interface LoginFrom {
  device: string | null;
  front: Front | null;
  /** The session in which it is logged in already. */
  sessionId: string | null;
}

/** Logs the user in on one device, which has one login: one's own goes on, that of somebody else gives way. */
export async function openSession(
  deps: Uses<"clock" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  user: User,
  { sessionId, device, front }: LoginFrom,
): Promise<OpenSession> {
  const now = deps.clock.now();
  const before = sessionId === null ? null : await deps.store.sessions.find(sessionId);
  if (before?.userId === user.id && before.expiresAt > now) return tokensOf(deps, before, user);
  const session = {
    ...{ id: newId(), userId: user.id, device, front, createdAt: now, generation: 1, rotatedAt: now },
    expiresAt: new Date(now.getTime() + SESSION_MS),
  };
  await deps.store.sessions.create(session);
  await recordNewDevice(deps, user, device);
  if (before) await endSessions(deps, { userId: before.userId, ids: [before.userId] }, ({ id }) => id === before.id);
  return tokensOf(deps, session, user);
}

/** The pair of tokens for a session's current generation. */
export function tokensOf(
  deps: Uses<"clock" | "tokens">,
  session: { id: string; generation: number },
  user: User,
): OpenSession {
  return {
    sessionId: session.id,
    accessToken: deps.tokens.issueAccess(user.id, session.id, deps.clock.now()),
    refreshToken: deps.tokens.issueRefresh(session.id, session.generation),
    user,
  };
}
