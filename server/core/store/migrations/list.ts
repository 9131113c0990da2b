import type { Migration } from "./migration.ts";
import { dropAgendaJobs } from "./agenda-jobs.ts";
import { groupRequests } from "./group-requests.ts";
import { segmentLog } from "./log-segments.ts";
import { commitToStates } from "./state-commitments.ts";
import { useStandardNames } from "./standard-names.ts";

/** In order of versions. `groupRequests` also fills in what version 1 did. */
export const migrations: readonly Migration[] = [
  segmentLog,
  dropAgendaJobs,
  useStandardNames,
  groupRequests,
  commitToStates,
];

/** The schema version of this program. */
export const SCHEMA = Math.max(...migrations.map(({ to }) => to));
