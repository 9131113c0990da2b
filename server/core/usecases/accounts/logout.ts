import type { Actor } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";
import { endSessions } from "./end-sessions.ts";

/** Ends the login on this device. It does nothing for one that has ended already. */
export async function logout(
  deps: Uses<"clock" | "loginsEnded" | "store">,
  actor: Actor,
  sessionId: string | null,
): Promise<void> {
  await endSessions(deps, actor, ({ id }) => id === sessionId);
}
