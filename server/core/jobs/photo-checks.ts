import { continuePhotoChecks } from "../usecases/files/check-photos.ts";
import { defineJob } from "../../kernel/jobs/job.ts";

/** Requests outstanding photo checks, and requests them again. */
export const photoChecks = defineJob({ name: "photo-checks", every: { minutes: 1 }, run: continuePhotoChecks });
