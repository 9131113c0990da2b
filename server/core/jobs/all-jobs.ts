import type { Ports } from "../ports.ts";
import { taskEscalations } from "../../modules/co-handling/job.ts";
import { dayAnchors } from "../../log/jobs/day-anchors.ts";
import { housekeeping } from "./housekeeping.ts";
import type { Job } from "../../kernel/jobs/job.ts";
import { keyMigration } from "./key-migration.ts";
import { escalations } from "./escalations.ts";
import { departedStaff } from "./departed-staff.ts";
import { photoChecks } from "./photo-checks.ts";
import { retention } from "./retention.ts";
import { shiftEnds } from "./shift-ends.ts";

/** What a server does again and again. */
export const allJobs: readonly Job<Ports>[] = [
  escalations,
  departedStaff,
  taskEscalations,
  shiftEnds,
  photoChecks,
  housekeeping,
  dayAnchors,
  retention,
  keyMigration,
];
