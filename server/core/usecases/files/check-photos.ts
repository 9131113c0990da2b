import { DomainError } from "../../../kernel/errors.ts";
import type { CheckedPhoto, MediaVerdict } from "../../../adapters/files/photo-checks.ts";
import type { Uses } from "../../ports.ts";
import { recordPhotoEvent } from "./record-photo-event.ts";

/** The scene of photos in WeChat's numbering: 4, social log. */
const SCENE = 4;
/** How long WeChat may fetch the photo, in seconds. */
const FETCH_SECONDS = 3600;
/**
 * How long a verdict is awaited, in ms. By then it was requested twice, half an hour apart, and the committee reviews
 * the photo.
 */
const GIVE_UP_MS = 60 * 60_000;

/**
 * Requests the check of these pictures, or of all that are due. WeChat checks only what its recent users upload. A
 * picture that it cannot check (the owner is not in WeChat, or was not within two hours) passes as `unchecked`, since
 * it is shown to the responsible staff.
 */
export async function checkPhotos(
  deps: Uses<"clock" | "files" | "keys" | "log" | "modules" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
  fileIds?: readonly string[],
): Promise<void> {
  const ids = fileIds ?? (await deps.files.checks.due(deps.clock.now()));
  await Promise.all(ids.map((id) => check(deps, id)));
}

/** Continues the checks: requests those that are due, and records those that have no event in the log yet. */
export async function continuePhotoChecks(
  deps: Uses<"clock" | "files" | "keys" | "log" | "modules" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
): Promise<void> {
  await checkPhotos(deps);
  for (const id of await deps.files.checks.unrecorded()) await recordPhotoEvent(deps, id);
}

async function check(
  deps: Uses<"clock" | "files" | "keys" | "log" | "modules" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
  id: string,
): Promise<void> {
  const { checks } = deps.files;
  const now = deps.clock.now();
  const photo = await checks.claim(id, now);
  if (!photo) return;
  if (now.getTime() - photo.at.getTime() >= GIVE_UP_MS) {
    await checks.hold(id);
    await recordPhotoEvent(deps, id);
    return;
  }
  const openid = await openidOf(deps, photo);
  if (openid === null) {
    await checks.pass(id, "unchecked");
    return;
  }
  try {
    const asked = await deps.wechat.checkMedia(
      openid,
      `${deps.publicUrl()}${deps.files.url(id, now, FETCH_SECONDS)}`,
      SCENE,
    );
    if (asked === "inactive") {
      await checks.pass(id, "unchecked");
      return;
    }
    await checks.asked(id, asked.traceId);
    // The verdict may have arrived before its trace id was stored.
    const early = await checks.verdictOn(asked.traceId);
    if (early) await apply(deps, id, early.verdict);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await checks.notAsked(id);
  }
}

/** The openid of the owner, who may have been merged into another account since the upload. */
async function openidOf(deps: Uses<"keys" | "store">, { ownerId }: CheckedPhoto): Promise<string | null> {
  const owner = await deps.store.users.find(ownerId);
  const sealed = owner && (await deps.store.identities.openidOf(owner.mergedInto ?? owner.id));
  return sealed ? deps.keys.open(sealed, "openid") : null;
}

/**
 * Stores WeChat's verdict on a photo and applies it. Null: WeChat could not fetch the photo, and the check is requested
 * again. It can be repeated.
 */
export async function receiveVerdict(
  deps: Uses<"clock" | "files" | "log" | "modules" | "store" | "wakeRelay">,
  traceId: string,
  verdict: MediaVerdict,
): Promise<void> {
  const { checks } = deps.files;
  await checks.noteVerdict(traceId, verdict, deps.clock.now());
  const photo = await checks.byTrace(traceId);
  if (photo) await apply(deps, photo.id, verdict);
}

async function apply(
  deps: Uses<"clock" | "files" | "log" | "modules" | "store" | "wakeRelay">,
  id: string,
  verdict: MediaVerdict,
): Promise<void> {
  const { checks } = deps.files;
  if (verdict === null) {
    deps.log.error("wechat: a photo could not be fetched for its check; is PUBLIC_URL right?");
    return;
  }
  if (verdict === "pass") await checks.pass(id, "passed");
  else if (verdict === "review") await checks.hold(id);
  else await checks.reject(id);
  await recordPhotoEvent(deps, id);
}
