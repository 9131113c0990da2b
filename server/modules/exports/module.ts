import { startOfPeriod } from "../../kernel/personal-data.ts";
import { defineModule } from "../../core/module.ts";
import { exportErrors } from "./errors.ts";
import { exportExpiry } from "./job.ts";
import { exportData } from "./personal-data.ts";
import type { ExportStore } from "./ports.ts";
import { exportRoutes } from "./routes/exports.ts";
import { createExportRepository } from "./store/exports.ts";

/** Why no row of the log commits to some fields. */
const PROGRESS = "the progress of the writing process, which writes an interrupted file again";

/** Exports (导出): requests or the service log as a file, written by a separate process. */
export const exports = defineModule({
  name: "exports",
  needs: [],
  repositories: (connection): ExportStore => ({ exports: createExportRepository(connection) }),
  outboxes: [
    {
      collection: "exports",
      uncommitted: Object.fromEntries(
        ["state", "rows", "bytes", "finishedAt", "lease"].map((path) => [path, PROGRESS]),
      ),
      unstepped: null,
      // The period counts from the request for an export, and a download is a later event.
      deleted: { kind: "export", period: null },
    },
  ],
  lifecycles: [],
  replay: [],
  errors: exportErrors,
  data: exportData,
  routes: exportRoutes,
  jobs: [exportExpiry],
  consumers: () => [],
  verify: () => [],
  demo: null,
  // An export contains data of requests only, and its file is deleted after a day.
  erase: async () => undefined,
  retain: (ports, now) => ports.exports.removeBefore("askedAt", startOfPeriod(exportData.periods.exportAsked, now)),
  ownData: async () => ({}),
  ownDataSections: () => [],
  requestDetail: async () => ({}),
  pictures: () => ({}),
});
