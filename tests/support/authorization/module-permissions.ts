import type { OpKey } from "../../../contract/index.ts";
import type { ErrorCode } from "../../../server/kernel/errors.ts";
import type { Rows } from "./rows.ts";
import type { Scene, Scenes } from "./stage.ts";

/** What `tests/modules/<name>/permissions.ts` exports as `permissions`: a row and a scene for each operation K. */
export interface ModulePermissions<K extends OpKey = OpKey> {
  /** The permissions, written by hand and independent of the rules. */
  rows: Rows<K>;
  /** Creates the object of each operation, in a state in which the operation can succeed. */
  scenes: Record<K, Scene> & Scenes;
  /** Refusals that reveal that the object exists. They may be given only to people who can read it. */
  telling?: readonly ErrorCode[];
}
