import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type AttentionFilter, attentionStatuses } from "../../domain/requests/attention-filter.ts";
import type { Request, Status } from "../../domain/requests/request.ts";
import { openStatuses } from "../../domain/requests/request-lifecycle.ts";
import { statuses } from "../../domain/requests/request.ts";
import { parseRequestNumber } from "../../domain/requests/request-number.ts";
import type { Uses } from "../../ports.ts";
import type { RequestFilter } from "../../store/requests/request-filter.ts";

/** The query of the list of requests. `from` and `to` are times of submission. */
export interface RequestQuery {
  scope?: "mine" | "queue" | "handling" | "community" | undefined;
  open?: "true" | "false" | undefined;
  status?: Status | undefined;
  attention?: AttentionFilter | "incoming" | undefined;
  serviceCode?: string | undefined;
  cadreId?: string | undefined;
  communityId?: string | undefined;
  requestNo?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page of requests: a resident's own by default, a community's for its staff. Throws `auth.forbidden`,
 * `cursor.invalid`.
 */
export async function listRequests(deps: Uses<"store">, actor: Actor, query: RequestQuery): Promise<Page<Request>> {
  const staff = actor.role === "cadre" || actor.role === "committee" || actor.role === "supervisor";
  const scope = query.scope ?? (staff ? "community" : "mine");
  if (scope !== "mine" && !staff) refuse("auth.forbidden");
  if (query.communityId && scope !== "mine" && !actor.communityIds.includes(query.communityId))
    refuse("auth.forbidden");
  // This filter would tell cadres which of their requests were rated badly.
  if (query.attention === "callback" && actor.role === "cadre") refuse("auth.forbidden");
  const communityIds = query.communityId ? [query.communityId] : actor.communityIds;
  if (scope === "queue") return deps.store.requests.queue(communityIds, query.limit, query.cursor);

  const no = query.requestNo === undefined ? null : parseRequestNumber(query.requestNo);
  if (query.requestNo !== undefined && !no) return { items: [], nextCursor: null };
  const handlerId = scope === "handling" ? actor.userId : query.cadreId;
  return deps.store.requests.list(
    {
      ...whose(query, scope, actor, communityIds),
      ...(handlerId ? { handlerId } : {}),
      ...wanted(query, scope),
      ...(query.attention && query.attention !== "incoming" && scope !== "mine" ? { attention: query.attention } : {}),
      ...(query.serviceCode ? { serviceCode: query.serviceCode } : {}),
      ...(no ? { no } : {}),
      ...(query.from ? { from: new Date(query.from) } : {}),
      ...(query.to ? { to: new Date(query.to) } : {}),
    },
    query.limit,
    query.cursor,
  );
}

/** The scope of the list. Requests that another community wants to transfer still belong to that community. */
function whose(
  { attention }: RequestQuery,
  scope: string,
  actor: Actor,
  communityIds: readonly string[],
): RequestFilter {
  if (scope === "mine") return { partyIds: actor.ids };
  return attention === "incoming" ? { incomingTo: communityIds } : { communityIds };
}

/** The states of the list. A request that waits for a rating is open for its resident and done for the staff. */
function wanted(query: RequestQuery, scope: string): { statuses?: readonly Status[] } {
  if (query.status) return { statuses: [query.status] };
  if (query.attention === "incoming") return { statuses: openStatuses };
  if (query.attention) return { statuses: attentionStatuses(query.attention) };
  if (!query.open) return {};
  const open = scope === "mine" ? [...openStatuses, "resolved" as const] : openStatuses;
  return { statuses: query.open === "true" ? open : statuses.filter((status) => !open.includes(status)) };
}
