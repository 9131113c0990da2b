import type { Actor } from "../../../kernel/actor.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { serviceAsFiled } from "../community/filed-service.ts";
import { type Photos, loadPhotos } from "../files/load-photos.ts";

/**
 * Data that are shown with requests: names of communities and services, people, pictures. They are loaded for a whole
 * page together.
 */
export interface RelatedData {
  names: ReadonlyMap<string, string>;
  /** By request id: the title of its service at the time of filing. */
  titles: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, User>;
  photos: Photos;
  unread: ReadonlyMap<string, number>;
}

const unique = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((v) => v !== null))];

/** Loads the related data. `photoIds`: pictures besides those of the requests. */
export async function loadRelated(
  deps: Uses<"files" | "store">,
  actor: Actor,
  requests: readonly Request[],
  photoIds: readonly string[] = [],
): Promise<RelatedData> {
  const communityIds = unique(
    requests.flatMap(({ communityId, party: { acceptedInCommunityId }, transfer: { formerCommunityIds } }) => [
      communityId,
      acceptedInCommunityId,
      ...formerCommunityIds,
    ]),
  );
  const [communities, people, photos, unread] = await Promise.all([
    Promise.all(communityIds.map((id) => deps.store.communities.find(id))),
    deps.store.users.shown(unique(requests.flatMap(({ residentId, handlerId }) => [residentId, handlerId]))),
    loadPhotos(deps, [
      ...requests.flatMap(({ content: { fileIds }, outcome: { result } }) => [...fileIds, ...(result?.fileIds ?? [])]),
      ...photoIds,
    ]),
    deps.store.notices.unreadByRequest(
      actor.ids,
      requests.map(({ id }) => id),
    ),
  ]);
  const known = new Map(communities.flatMap((community) => (community ? [[community.id, community] as const] : [])));
  const titles = requests.map(async (request) => {
    const community = known.get(request.communityId);
    return [request.id, (community && (await serviceAsFiled(deps, community, request)))?.title ?? ""] as const;
  });
  return {
    names: new Map([...known].map(([id, { name }]) => [id, name])),
    titles: new Map(await Promise.all(titles)),
    people: new Map(people.map((user) => [user.id, user])),
    photos,
    unread,
  };
}
