import type { Ports } from "../ports.ts";
import { taskLadder } from "../../modules/co-handling/job.ts";
import { dayAnchors } from "../../log/jobs/day-anchors.ts";
import { housekeeping } from "./housekeeping.ts";
import type { Job } from "../../kernel/jobs/job.ts";
import { keyMoves } from "./key-moves.ts";
import { ladder } from "./ladder.ts";
import { leavers } from "./leavers.ts";
import { photoChecks } from "./photo-checks.ts";
import { retention } from "./retention.ts";
import { shiftEnds } from "./shift-ends.ts";

/** What a server does again and again. */
export const everyJob: readonly Job<Ports>[] = [
  ladder,
  leavers,
  taskLadder,
  shiftEnds,
  photoChecks,
  housekeeping,
  dayAnchors,
  retention,
  keyMoves,
];
