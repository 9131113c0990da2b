import type { Ports } from "../ports.ts";
import { continuePhotoChecks } from "../usecases/files/check-photos.ts";
import type { Job } from "../../kernel/jobs/job.ts";

/** Photos whose check is to be asked for, or asked for again. */
export const photoChecks: Job<Ports> = { name: "photo-checks", everySeconds: 60, run: continuePhotoChecks };
