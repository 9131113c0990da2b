import { defineJob } from "../kernel/jobs/job.ts";
import { continuePhotoChecks } from "../usecases/photos/check-photos.ts";

/** Photos whose check is to be asked for, or asked for again. */
export const photoChecks = defineJob({ name: "photo-checks", every: { minutes: 1 }, run: continuePhotoChecks });
