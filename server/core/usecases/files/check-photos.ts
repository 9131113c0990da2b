import { DomainError } from "../../../kernel/errors.ts";
import type { CheckedPhoto, MediaVerdict } from "../../../adapters/files/photo-checks.ts";
import type { Uses } from "../../ports.ts";
import { recordPhotoEvent } from "./record-photo-event.ts";

/** Where photos stand, as WeChat counts: 4, a social log. */
const SCENE = 4;
/** WeChat may fetch the photo for so long, seconds. */
const FETCH_SECONDS = 3600;
/** Asked twice, half an hour apart, without a verdict: then the committee looks at it, ms. */
const GIVE_UP_MS = 60 * 60_000;

/**
 * Gets the check of these pictures, or of all that are due, under way. WeChat checks what its users upload; what it
 * cannot check (the owner is not in WeChat, or was not within two hours) passes as `unchecked`: those who see it are
 * the staff who answer for it.
 */
export async function checkPhotos(
  deps: Uses<"clock" | "files" | "keys" | "log" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
  fileIds?: readonly string[],
): Promise<void> {
  const ids = fileIds ?? (await deps.files.checks.due(deps.clock.now()));
  await Promise.all(ids.map((id) => check(deps, id)));
}

/** Ends what was begun: asks about what is due, and tells what the log does not know yet. */
export async function continuePhotoChecks(
  deps: Uses<"clock" | "files" | "keys" | "log" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
): Promise<void> {
  await checkPhotos(deps);
  for (const id of await deps.files.checks.unrecorded()) await recordPhotoEvent(deps, id);
}

async function check(
  deps: Uses<"clock" | "files" | "keys" | "log" | "publicUrl" | "store" | "wakeRelay" | "wechat">,
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
    // The verdict may have come before its trace was known here.
    const early = await checks.verdictOn(asked.traceId);
    if (early) await apply(deps, id, early.verdict);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await checks.notAsked(id);
  }
}

/** The owner may have been merged into another account since. */
async function openidOf(deps: Uses<"keys" | "store">, { ownerId }: CheckedPhoto): Promise<string | null> {
  const owner = await deps.store.users.find(ownerId);
  const sealed = owner && (await deps.store.identities.openidOf(owner.mergedInto ?? owner.id));
  return sealed ? deps.keys.open(sealed, "openid") : null;
}

/** WeChat's verdict on a photo. Null: it could not fetch it; it is asked again. Safe to repeat. */
export async function receiveVerdict(
  deps: Uses<"clock" | "files" | "log" | "store" | "wakeRelay">,
  traceId: string,
  verdict: MediaVerdict,
): Promise<void> {
  const { checks } = deps.files;
  await checks.noteVerdict(traceId, verdict, deps.clock.now());
  const photo = await checks.byTrace(traceId);
  if (photo) await apply(deps, photo.id, verdict);
}

async function apply(
  deps: Uses<"clock" | "files" | "log" | "store" | "wakeRelay">,
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
