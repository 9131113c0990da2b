import { systemClock } from "../server/kernel/clock.ts";
import { pino } from "pino";
import type { ExportFormat } from "../server/modules/exports/domain/export.ts";
import { writeNextExport } from "../server/modules/exports/writing/write-export.ts";
import { loadKeys } from "../server/adapters/keys/keys.ts";
import { connect } from "../server/core/store/connection.ts";
import { openStore } from "../server/open-store.ts";
import { askExport } from "./export/ask-export.ts";

/**
 * A process that writes one export of a community's log, as the product's writer does, and reports rows, bytes and peak
 * memory to its parent. Arguments: uri, database, key ring, community, format.
 */
const [uri = "", database = "", keysFile = "", communityId = "", format = "csv"] = process.argv.slice(2);
const connection = await connect(uri, database);
const repositories = openStore(connection);
const { exports } = repositories;
const id = await askExport(exports, communityId, format as ExportFormat);
const started = performance.now();
const keys = await loadKeys(keysFile);
await writeNextExport({ ...repositories, keys, clock: systemClock, log: pino({ level: "error" }) }, "bench");
const seconds = (performance.now() - started) / 1000;
const written = await exports.load(id);
await exports.removeFile(id);
await connection.close();
// `maxRSS` is in kilobytes on every system.
const peak = process.resourceUsage().maxRSS / 1024;
process.send?.({ state: written?.value.state, rows: written?.value.rows, bytes: written?.value.bytes, seconds, peak });
process.disconnect();
