import type { Front } from "../../domain/accounts/device.ts";
import { ACCESS_MS, sessionEnd } from "../../domain/accounts/session-end.ts";
import type { User } from "../../domain/accounts/user.ts";
import { recordLogin } from "../audit/record-login.ts";
import type { Uses } from "../../ports.ts";
import type { Session } from "../../store/accounts/sessions.ts";
import { newId } from "../../../kernel/ids.ts";
import { recordNewDevice } from "./record-new-device.ts";
import { endSessions } from "./end-sessions.ts";

/** A login: its tokens and its user. */
export interface OpenSession {
  sessionId: string;
  front: Front | null;
  createdAt: Date;
  accessToken: string;
  accessEndsAt: Date;
  refreshToken: string;
  user: User;
}

/** Where a login comes from. */
export interface LoginFrom {
  device: string | null;
  front: Front | null;
  /** The network address. */
  address: string;
  /** The session in which the device is logged in already; null when it is not. */
  sessionId: string | null;
}

/** How somebody logged in. WeChat logs in by itself; password and phone ask the person. */
export type LoginWay = "password" | "phone" | "wechat";

/**
 * Logs the user in on one device, which has one login: an earlier one of the same user continues, that of another user
 * is ended.
 */
export async function openSession(
  deps: Uses<"clock" | "consoleSession" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  user: User,
  way: LoginWay,
  { sessionId, device, front, address }: LoginFrom,
): Promise<OpenSession> {
  const now = deps.clock.now();
  const before = sessionId === null ? null : await deps.store.sessions.find(sessionId);
  const authenticatedAt = way === "wechat" ? null : now;
  if (before?.userId === user.id && before.front !== "console" && before.expiresAt > now)
    return tokensOf(deps, before, user, authenticatedAt);
  const session = {
    ...{ id: newId(), userId: user.id, device, front, createdAt: now, generation: 1, rotatedAt: now },
    expiresAt: sessionEnd(deps.consoleSession, { front, createdAt: now }, now),
  };
  await deps.store.sessions.create(session);
  await recordLogin(deps, user, { how: way, device, address });
  await recordNewDevice(deps, user, device);
  if (before) await endSessions(deps, { userId: before.userId, ids: [before.userId] }, ({ id }) => id === before.id);
  return tokensOf(deps, session, user, authenticatedAt);
}

/** The pair of tokens for a session's current generation. The access token ends no later than the session. */
export function tokensOf(
  deps: Uses<"clock" | "tokens">,
  session: Session,
  user: User,
  authenticatedAt: Date | null,
): OpenSession {
  const { id, front, createdAt, expiresAt } = session;
  const now = deps.clock.now();
  const accessEndsAt = new Date(Math.min(now.getTime() + ACCESS_MS, expiresAt.getTime()));
  return {
    ...{ sessionId: id, front, createdAt, accessEndsAt },
    accessToken: deps.tokens.issueAccess(user.id, id, now, { authenticatedAt, endsAt: accessEndsAt }),
    refreshToken: deps.tokens.issueRefresh(session.id, session.generation),
    user,
  };
}
