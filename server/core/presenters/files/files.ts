import type { FileRef, PhotoReview } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { DescribedPhoto } from "../../../adapters/files/file-service.ts";
import type { CheckedPhoto } from "../../../adapters/files/photo-checks.ts";
import type { Uses } from "../../ports.ts";
import type { Photos } from "../../usecases/files/load-photos.ts";
import { instant } from "../time.ts";

/** References to the pictures that this caller may see. Missing ones are left out. */
export const presentFiles = (
  deps: Uses<"clock" | "files">,
  actor: Actor,
  photos: Photos,
  ids: readonly string[],
): FileRef[] =>
  ids.flatMap((id) => {
    const photo = photos.get(id);
    return photo ? present(deps, actor, photo, deps.clock.now()) : [];
  });

/**
 * The reference of a picture for this reader. A picture that is being checked is shown to its sender; others see that
 * it exists. A rejected one is listed for its sender only.
 */
function present(deps: Uses<"files">, actor: Actor, file: DescribedPhoto, now: Date): FileRef[] {
  const { id, width, height } = file;
  const mine = actor.ids.includes(file.ownerId);
  const reference = (check: FileRef["check"], shown: boolean): FileRef[] => [
    { id, url: shown ? deps.files.url(id, now) : "", width, height, check },
  ];
  if (file.state === "attached") return reference("passed", true);
  if (file.state === "rejected") return mine ? reference("rejected", false) : [];
  return reference("checking", mine);
}

/** A picture that waits for the committee's review, with a URL. */
export const presentPhotoReview = (deps: Uses<"clock" | "files">, photo: CheckedPhoto): PhotoReview => ({
  id: photo.id,
  at: instant(photo.at),
  communityId: photo.communityId ?? "",
  requestId: photo.requestId,
  requestNo: photo.requestNo,
  url: deps.files.url(photo.id, deps.clock.now()),
  width: photo.width,
  height: photo.height,
});
