import { sessionEnd } from "../../domain/accounts/session-end.ts";
import type { Uses } from "../../ports.ts";

/** Notes that the person is using the console, so that the session does not end for being idle. */
export async function useSession(
  { store, clock, consoleSession }: Uses<"clock" | "consoleSession" | "store">,
  sessionId: string | null,
): Promise<void> {
  const session = sessionId === null ? null : await store.sessions.find(sessionId);
  const now = clock.now();
  if (session?.front !== "console" || session.expiresAt <= now) return;
  await store.sessions.extend(session.id, sessionEnd(consoleSession, session, now), now);
}
