import { startOfPeriod } from "../../kernel/personal-data.ts";
import { defineModule } from "../../core/module.ts";
import { exportErrors } from "./errors.ts";
import { exportExpiry } from "./job.ts";
import { exportData } from "./personal-data.ts";
import type { ExportStore } from "./ports.ts";
import { exportRoutes } from "./routes/exports.ts";
import { createExportRepository } from "./store/exports.ts";

/** Exports (导出): requests and the service log as a file, written by a process of its own. */
export const exports = defineModule({
  name: "exports",
  needs: [],
  repositories: (connection): ExportStore => ({ exports: createExportRepository(connection) }),
  outboxes: ["exports"],
  errors: exportErrors,
  data: exportData,
  routes: exportRoutes,
  jobs: [exportExpiry],
  consumers: () => [],
  // An export holds what its requests hold, and its file is gone after a day.
  erase: async () => undefined,
  retain: (ports, now) => ports.exports.removeBefore("askedAt", startOfPeriod(exportData.periods.exportAsked, now)),
  ownData: async () => ({}),
});
