import type { FileTarget } from "../../../adapters/files/photo-collection.ts";
import type { Uses } from "../../ports.ts";
import { checkPhotos } from "./check-photos.ts";

/**
 * Attaches pictures of these owners to the aggregate that will show them, and starts their checks. It can be repeated
 * for the same target. Throws `file.unknown`, `file.not_yours`.
 */
export async function attachPhotos(
  deps: Uses<"clock" | "files" | "keys" | "log" | "modules" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
  fileIds: readonly string[],
  ownerIds: readonly string[],
  target: FileTarget,
): Promise<void> {
  if (!fileIds.length) return;
  await deps.files.attach(fileIds, ownerIds, target, deps.clock.now());
  await checkPhotos(deps, fileIds);
}
