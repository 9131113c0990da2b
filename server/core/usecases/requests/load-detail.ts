import type { Actor } from "../../../kernel/actor.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Service } from "../../domain/community/community.ts";
import { seesKnowledge } from "../../domain/requests/policy.ts";
import type { Ports, Uses } from "../../ports.ts";
import { type RelatedData, loadRelated } from "./load-related.ts";
import type { RequestWithHistory } from "./read-request.ts";

/** A request with its history and everything that is shown with it. */
export interface DetailedRequest extends RequestWithHistory {
  related: RelatedData;
  /** The knowledge card of the service's current version, not of the version at filing. */
  card: Service["knowledgeCard"];
  /** The followers' accounts, for the staff; empty for others. */
  followers: readonly User[];
  /** The modules' parts of the detail for this actor. */
  ofModules: Awaited<ReturnType<Ports["modules"]["requestDetail"]>>;
}

/** Loads everything that is shown with a request. */
export async function loadDetail(
  deps: Uses<"files" | "modules" | "store">,
  actor: Actor,
  read: RequestWithHistory,
): Promise<DetailedRequest> {
  const { request, service, messages } = read;
  const [related, community, followers, ofModules] = await Promise.all([
    loadRelated(
      deps,
      actor,
      [request],
      messages.flatMap(({ fileIds }) => fileIds),
    ),
    deps.store.communities.find(request.communityId),
    seesKnowledge(actor, request) ? deps.store.users.findMany(request.party.followers.map(({ id }) => id)) : [],
    deps.modules.requestDetail(actor, request),
  ]);
  const current = community?.services.find(({ serviceCode }) => serviceCode === request.serviceCode) ?? service;
  return { ...read, related, card: current.knowledgeCard, followers, ofModules };
}
