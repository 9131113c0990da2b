import type { Actor } from "../../../kernel/actor.ts";
import { type LoadedTasks, loadForTasks } from "../../../modules/co-handling/usecases/load-for-tasks.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Service } from "../../domain/community/community.ts";
import { seesKnowledge, taskVisibility } from "../../domain/requests/policy.ts";
import type { Uses } from "../../ports.ts";
import { type RelatedData, loadRelated } from "./load-related.ts";
import type { RequestWithHistory } from "./read-request.ts";

/** A request with its history, and all that it is shown with. */
export interface DetailedRequest extends RequestWithHistory {
  related: RelatedData;
  /** What one should know of the service now, not when the request was filed. */
  card: Service["knowledgeCard"];
  /** The accounts of those who follow, for the staff; empty for others. */
  followers: readonly User[];
  /** The tasks that this actor sees whole. */
  tasksShown: LoadedTasks;
}

/** Loads what a request that was read is shown with. */
export async function loadDetail(
  deps: Uses<"files" | "store">,
  actor: Actor,
  read: RequestWithHistory,
): Promise<DetailedRequest> {
  const { request, service, messages, tasks } = read;
  const seen = tasks
    .filter((task) => taskVisibility(actor, task, request) === "staff")
    .map((task) => ({ task, request }));
  const [related, community, followers, tasksShown] = await Promise.all([
    loadRelated(
      deps,
      actor,
      [request],
      messages.flatMap(({ fileIds }) => fileIds),
    ),
    deps.store.communities.find(request.communityId),
    seesKnowledge(actor, request) ? deps.store.users.findMany(request.followers.map(({ id }) => id)) : [],
    loadForTasks(deps, actor, seen),
  ]);
  const current = community?.services.find(({ serviceCode }) => serviceCode === request.serviceCode) ?? service;
  return { ...read, related, card: current.knowledgeCard, followers, tasksShown };
}
