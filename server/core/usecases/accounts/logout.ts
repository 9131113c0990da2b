import type { Actor } from "../../../kernel/actor.ts";
import type { Deps } from "../../../deps.ts";
import { endSessions } from "./end-sessions.ts";

/** Ends the login on this device. One that has ended already is ended. */
export async function logout(deps: Deps, actor: Actor, sessionId: string | null): Promise<void> {
  await endSessions(deps, actor, ({ id }) => id === sessionId);
}
