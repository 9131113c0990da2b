import type { Ports } from "../ports.ts";
import { moveAll } from "../usecases/privacy/move-all.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** After a rotation: what older keys have sealed or hashed is moved to the key in use. */
export const keyMoves: Job<Ports> = { name: "key-moves", everySeconds: 60, run: (deps) => moveAll(deps) };
