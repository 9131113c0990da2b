import type { Migration } from "./migration.ts";
import { dropAgendaJobs } from "./agenda-jobs.ts";
import { segmentLog } from "./log-segments.ts";
import { backfillDefaults } from "./backfill-defaults.ts";

export const migrations: readonly Migration[] = [backfillDefaults, segmentLog, dropAgendaJobs];

/** The version of what this program stores. */
export const SCHEMA = migrations.length;
