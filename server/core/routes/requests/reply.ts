import type { Request as RequestReply, RequestDetail } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { presentRequest, presentRequestDetail } from "../../presenters/requests/request.ts";
import { loadDetail } from "../../usecases/requests/load-detail.ts";
import { loadRelated } from "../../usecases/requests/load-related.ts";
import type { RequestWithHistory } from "../../usecases/requests/read-request.ts";

type Replying = Uses<"clock" | "files" | "keys" | "store">;

/** The reply with requests as this caller may see them, with the caller's `abilities`. */
export async function replyWithRequests(
  deps: Replying,
  actor: Actor,
  requests: readonly Request[],
): Promise<RequestReply[]> {
  const related = await loadRelated(deps, actor, requests);
  return requests.map((request) => presentRequest(deps, actor, request, related));
}

/** The reply with one request as this caller may see it. */
export const replyWithRequest = async (deps: Replying, actor: Actor, request: Request): Promise<RequestReply> =>
  presentRequest(deps, actor, request, await loadRelated(deps, actor, [request]));

/** The reply with a request and its history as this caller may see them. */
export const replyWithDetail = async (
  deps: Replying & Uses<"modules">,
  actor: Actor,
  read: RequestWithHistory,
): Promise<RequestDetail> => presentRequestDetail(deps, actor, await loadDetail(deps, actor, read));
