import type { Deps } from "../../ports.ts";

/** Ends the session on this device: it cannot be refreshed any more. Its access token runs out within 15 minutes. */
export async function logout(deps: Deps, sessionId: string | null): Promise<void> {
  if (sessionId) await deps.store.sessions.end(sessionId);
}
