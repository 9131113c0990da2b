import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { Actor } from "../kernel/actor.ts";

/** What the core asks of all modules together. */
export interface ModuleHooks {
  erase(userIds: readonly string[], now: Date): Promise<void>;
  retain(now: Date): Promise<void>;
  ownData(actor: Actor): Promise<OwnDataOfModules>;
}
