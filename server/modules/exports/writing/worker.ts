import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { loadKeys } from "../../../adapters/keys/keys.ts";
import { connect } from "../../../core/store/connection.ts";
import { createDatabaseClock } from "../../../core/store/database-clock.ts";
import { openStore } from "../../../open-store.ts";
import type { WriterSettings } from "./start-worker.ts";
import { restAfterPage } from "./write-throttle.ts";
import { writeNextExport } from "./write-export.ts";

/**
 * The process that writes exports, so that long exports do not slow the server down. The server starts it, and it ends
 * with the server. The server sends the database URI and the path of the key ring on the IPC channel, since other users
 * of the machine can read arguments, and a URI may contain a password.
 */
const POLL_MS = 1_000;

// A closed channel means that the server has ended, possibly before this line runs.
process.on("disconnect", () => process.exit(0));
if (!process.connected) process.exit(0);

// The writer runs at a lower priority than the server.
setPriority(constants.priority.PRIORITY_LOW);
const [{ uri, database, keysFile }] = (await once(process, "message")) as [WriterSettings];
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
