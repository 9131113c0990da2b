import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { StoredPhoto } from "../../../adapters/files/file-service.ts";
import type { Uses } from "../../ports.ts";
import { consumeLimit } from "../accounts/limits.ts";

/**
 * Stages a photo until a request or message of its owner shows it. Throws `file.missing`, `rate.limited`, and what
 * decoding throws: `file.not_an_image`, `file.too_many_pixels`, `file.too_complex`, `file.busy`, `file.not_taken`.
 */
export async function uploadPhoto(
  deps: Uses<"clock" | "files" | "limiter">,
  actor: Actor,
  bytes: Buffer | undefined,
): Promise<StoredPhoto> {
  if (!bytes?.length) refuse("file.missing");
  await consumeLimit(deps, "uploadUser", actor.userId);
  await consumeLimit(deps, "uploadDay", actor.userId);
  await consumeLimit(deps, "uploadDayKilobytes", actor.userId, Math.ceil(bytes.length / 1024));
  return deps.files.stage(actor.userId, bytes, deps.clock.now());
}
