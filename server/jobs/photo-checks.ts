import { continuePhotoChecks } from "../usecases/photos/check-photos.ts";
import type { Job } from "./job.ts";

/** Photos whose check is to be asked for, or asked for again. */
export const photoChecks: Job = { name: "photo-checks", everySeconds: 60, run: continuePhotoChecks };
