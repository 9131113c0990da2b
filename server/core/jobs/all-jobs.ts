import type { Ports } from "../ports.ts";
import { dayAnchors } from "../../log/jobs/day-anchors.ts";
import { housekeeping } from "./housekeeping.ts";
import type { Job } from "../../kernel/jobs/job.ts";
import { keyMigration } from "./key-migration.ts";
import { escalations } from "./escalations.ts";
import { departedStaff } from "./departed-staff.ts";
import { photoChecks } from "./photo-checks.ts";
import { retention } from "./retention.ts";
import { shiftEnds } from "./shift-ends.ts";

/** The core's recurring jobs. */
export const allJobs: readonly Job<Ports>[] = [
  escalations,
  departedStaff,
  shiftEnds,
  photoChecks,
  housekeeping,
  dayAnchors,
  retention,
  keyMigration,
];
