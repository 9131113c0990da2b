import type { Deps } from "../ports.ts";
import { continuePhotoChecks } from "../usecases/photos/check-photos.ts";

const MINUTE = 60_000;

/** Each minute: photos whose check is to be asked for, or asked for again. Returns how to stop. Two processes may do it at once. */
export function startPhotoChecks(deps: Deps): () => Promise<void> {
  let working: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    working = continuePhotoChecks(deps).catch((error: unknown) =>
      deps.log.error({ err: error }, "photo checks failed; the next minute tries again"),
    );
  }, MINUTE);
  return async () => {
    clearInterval(timer);
    await working;
  };
}
