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

/** What a caller may ask of the list of requests; `from` and `to` are instants of submission. */
export interface RequestQuery {
  scope?: "mine" | "queue" | "handling" | "community" | undefined;
  open?: "true" | "false" | undefined;
  status?: Status | undefined;
  late?: AttentionFilter | "incoming" | undefined;
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
  // Which of one's own were rated badly would be told by it.
  if (query.late === "callback" && actor.role === "cadre") refuse("auth.forbidden");
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
      ...(query.late && query.late !== "incoming" && scope !== "mine" ? { late: query.late } : {}),
      ...(query.serviceCode ? { serviceCode: query.serviceCode } : {}),
      ...(no ? { no } : {}),
      ...(query.from ? { from: new Date(query.from) } : {}),
      ...(query.to ? { to: new Date(query.to) } : {}),
    },
    query.limit,
    query.cursor,
  );
}

/** What another community asks us to take over is still its own. */
function whose({ late }: RequestQuery, scope: string, actor: Actor, communityIds: readonly string[]): RequestFilter {
  if (scope === "mine") return { partyIds: actor.ids };
  return late === "incoming" ? { incomingTo: communityIds } : { communityIds };
}

/** A resident's request that waits for a rating is still open to the resident; a cadre's is done. */
function wanted(query: RequestQuery, scope: string): { statuses?: readonly Status[] } {
  if (query.status) return { statuses: [query.status] };
  if (query.late === "incoming") return { statuses: openStatuses };
  if (query.late) return { statuses: attentionStatuses(query.late) };
  if (!query.open) return {};
  const open = scope === "mine" ? [...openStatuses, "resolved" as const] : openStatuses;
  return { statuses: query.open === "true" ? open : statuses.filter((status) => !open.includes(status)) };
}
