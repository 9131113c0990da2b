import type { Uses } from "../ports.ts";
import { migrateKeys } from "../usecases/privacy/migrate-keys.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** After a rotation: what older keys have sealed or hashed is moved to the key in use. */
export const keyMigration = defineJob({
  name: "key-moves",
  every: { minutes: 1 },
  run: (ports: Uses<"keys" | "log" | "store">) => migrateKeys(ports),
});
