import type { Deps } from "../../ports.ts";

/** Deletes pictures that were staged and never used, or attached to something that does not show them. */
export async function sweepFiles(deps: Deps): Promise<void> {
  await deps.files.sweep(deps.clock.now(), (file) =>
    file.kind === "message" ? deps.store.messages.shows(file.id, file.fileId) : deps.store.requests.shows(file.id, file.fileId),
  );
}
