import { randomUUID } from "node:crypto";
import { constants, setPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { loadKeys } from "../../../adapters/keys/keys.ts";
import { connect } from "../../../core/store/connection.ts";
import { createDatabaseClock } from "../../../core/store/database-clock.ts";
import { openStore } from "../../../open-store.ts";
import { restAfterPage } from "./write-throttle.ts";
import { writeNextExport } from "./write-export.ts";

/**
 * A process of its own that writes exports, so that rows by the hundred thousand take no time from those who work.
 * Started by the server, and ends with it. Arguments: uri, database, the key ring's file.
 */
const [uri = "", database = "", keysFile = ""] = process.argv.slice(2);
const POLL_MS = 1_000;

// The server is gone when the channel to it is; it may be gone already.
process.on("disconnect", () => process.exit(0));
if (!process.connected) process.exit(0);

// The writer runs at a lower priority than the server.
setPriority(constants.priority.PRIORITY_LOW);
let busy = 0;
process.on("message", (told: { busy: number }) => (busy = told.busy));

const connection = await connect(uri, database);
const parts = {
  ...openStore(connection),
  keys: await loadKeys(keysFile),
  clock: await createDatabaseClock(connection),
  log: pino({ name: "exports" }),
  rest: (took: number) => wait(restAfterPage(took, busy)),
};
const holder = randomUUID();
for (;;) {
  try {
    if (await writeNextExport(parts, holder)) continue;
  } catch (error) {
    parts.log.error({ err: error }, "the export writer failed; it tries again");
  }
  await wait(POLL_MS);
}
