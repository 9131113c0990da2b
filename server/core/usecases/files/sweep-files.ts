import type { FileTarget } from "../../../adapters/files/photo-collection.ts";
import type { Uses } from "../../ports.ts";

/** Deletes pictures that were staged and never used, or attached to something that does not show them. */
export async function sweepFiles(deps: Uses<"clock" | "files" | "store">): Promise<void> {
  const { coTasks, messages, requests, users } = deps.store;
  const shownBy: Record<FileTarget["kind"], { shows(id: string, fileId: string): Promise<boolean> }> = {
    message: messages,
    request: requests,
    task: coTasks,
    user: users,
  };
  await deps.files.sweep(deps.clock.now(), ({ kind, id, fileId }) => shownBy[kind].shows(id, fileId));
}
