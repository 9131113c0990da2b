import type { Ports } from "../ports.ts";
import { moveAll } from "../usecases/privacy/move-all.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** After a rotation: what older keys have sealed or hashed is moved to the key in use. */
export const keyMoves = defineJob({ name: "key-moves", every: { minutes: 1 }, run: (ports: Ports) => moveAll(ports) });
