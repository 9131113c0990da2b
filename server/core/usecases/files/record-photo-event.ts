import type { CheckedPhoto } from "../../../adapters/files/photo-checks.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import type { DomainEvent, EventType } from "../../../kernel/event.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";

const system = { id: "system", role: "system", name: "系统" };

/** Where a picture is shown: the community, and the request if it belongs to one. */
export interface PhotoContext {
  communityId: string;
  request: Request | null;
}

/**
 * Where a picture is shown. Null when the target does not exist, or not yet: a request is written after its photos are
 * attached.
 */
export async function photoContext(
  deps: Uses<"modules" | "store">,
  { target }: CheckedPhoto,
): Promise<PhotoContext | null> {
  if (target.kind === "user") {
    const user = await deps.store.users.find(target.id);
    const communityId = user?.memberships[0]?.communityId ?? user?.registration?.communityId;
    return communityId ? { communityId, request: null } : null;
  }
  const holder = target.kind === "message" ? deps.store.messages : deps.modules.pictures[target.kind];
  const requestId = target.kind === "request" ? target.id : await holder?.requestOf(target.id);
  const loaded = requestId && (await deps.store.requests.load(requestId));
  return loaded ? { communityId: loaded.request.communityId, request: loaded.request } : null;
}

/**
 * An event of a picture. It concerns the picture's owner: the resident, the family member who filed, or a member of
 * staff.
 */
export function photoEvent(
  photo: CheckedPhoto,
  type: EventType & `photo.${string}`,
  { communityId, request }: PhotoContext,
  actor: DomainEvent["actor"],
  at: Date,
): DomainEvent {
  const { ownerId } = photo;
  const ofResident = request?.residentId === ownerId;
  const ofFamily = request?.party.filedBy?.as === "family" && request.party.filedBy.id === ownerId;
  return {
    version: photo.version + 1,
    type,
    at,
    communityId,
    requestId: request?.id ?? null,
    requestNo: request?.no ?? null,
    serviceCode: request?.serviceCode ?? null,
    about: { kind: "photo", id: photo.id, no: null },
    actor,
    subjects: {
      residentId: ofResident ? ownerId : null,
      handlerId: ofResident || ofFamily ? null : ownerId,
      previousHandlerId: null,
      ...(ofFamily ? { filerId: ownerId } : {}),
    },
    data: { photoId: photo.id },
  };
}

/**
 * Records once that a picture was rejected or waits for the committee, which also notifies the owner. Before the
 * picture's target exists it does nothing; a job calls it again each minute.
 */
export async function recordPhotoEvent(
  deps: Uses<"clock" | "files" | "modules" | "store" | "wakeRelay">,
  id: string,
): Promise<void> {
  const { checks } = deps.files;
  await runStep(null, {
    load: async () => ({ photo: await checks.find(id), steps: [] }),
    unchanged: () => true,
    async decide({ photo }) {
      if (!photo || photo.version > 0 || (photo.state !== "rejected" && photo.state !== "held")) return null;
      const shown = await photoContext(deps, photo);
      return shown && photoEvent(photo, `photo.${photo.state}`, shown, system, deps.clock.now());
    },
    async save(event) {
      const { communityId, requestId, requestNo } = event;
      return (await checks.saveStep(id, { communityId, requestId, requestNo }, event)) || null;
    },
    wakeRelay: ({ communityId }) => deps.wakeRelay(communityId),
  });
}
