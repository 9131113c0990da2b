import { continuePhotoChecks } from "../usecases/files/check-photos.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Photos whose check is to be asked for, or asked for again. */
export const photoChecks = defineJob({ name: "photo-checks", every: { minutes: 1 }, run: continuePhotoChecks });
