import type { CheckedPhoto } from "../../../adapters/files/photo-checks.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import type { DomainEvent, EventType } from "../../../kernel/event.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";

const system = { id: "system", role: "system", name: "系统" };

/** What shows a picture: the community, and the request if it is one's. */
export interface PhotoContext {
  communityId: string;
  request: Request | null;
}

/** Null: it does not exist, or not yet (a request is written after its photos are attached). */
export async function photoContext(deps: Uses<"store">, { target }: CheckedPhoto): Promise<PhotoContext | null> {
  if (target.kind === "user") {
    const user = await deps.store.users.find(target.id);
    const communityId = user?.memberships[0]?.communityId ?? user?.registration?.communityId;
    return communityId ? { communityId, request: null } : null;
  }
  const { coTasks, messages } = deps.store;
  const shower = { message: messages, task: coTasks };
  const requestId = target.kind === "request" ? target.id : await shower[target.kind].requestOf(target.id);
  const loaded = requestId && (await deps.store.requests.load(requestId));
  return loaded ? { communityId: loaded.request.communityId, request: loaded.request } : null;
}

/**
 * An event of a picture. It concerns its owner: the resident, the family member who filed, or whoever of the staff
 * sent it.
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
  const ofFamily = request?.filedBy?.as === "family" && request.filedBy.id === ownerId;
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
 * Tells the log, and through it the owner, that a picture was rejected, or that it waits for the committee. Once, and
 * not before what shows it exists: the next minute looks again.
 */
export async function recordPhotoEvent(
  deps: Uses<"clock" | "files" | "store" | "wakeRelay">,
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
