import type { Uses } from "../ports.ts";
import { migrateKeys } from "../usecases/privacy/migrate-keys.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** After a key rotation, seals and hashes again with the current key what was made with older keys. */
export const keyMigration = defineJob({
  name: "key-migration",
  every: { minutes: 1 },
  run: (ports: Uses<"keys" | "log" | "store">) => migrateKeys(ports),
});
