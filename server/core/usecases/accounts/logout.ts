import type { Actor } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";
import { endSessions } from "./end-sessions.ts";

/** Ends the login on this device. One that has ended already is ended. */
export async function logout(
  deps: Uses<"clock" | "loginsEnded" | "store">,
  actor: Actor,
  sessionId: string | null,
): Promise<void> {
  await endSessions(deps, actor, ({ id }) => id === sessionId);
}
