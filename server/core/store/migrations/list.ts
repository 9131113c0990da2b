import type { Migration } from "./migration.ts";
import { dropAgendaJobs } from "./agenda-jobs.ts";
import { segmentLog } from "./log-segments.ts";
import { tellUntold } from "./untold-requests.ts";

export const migrations: readonly Migration[] = [tellUntold, segmentLog, dropAgendaJobs];

/** The version of what this program stores. */
export const SCHEMA = migrations.length;
