import type { LogRow } from "./log-row.ts";

/** Which rows of the log are listed. All conditions hold. */
export interface LogFilter {
  communityIds: readonly string[];
  requestId?: string;
  cadreId?: string;
  serviceCode?: string;
  type?: string;
  /** Rows of any of these types. */
  types?: readonly string[];
  withoutTypes?: readonly string[];
  /** Rows whose actor is this person, or that concern this person as a cadre. */
  personId?: string;
  /** Rows that have all of these terms. */
  terms?: readonly string[];
  from?: Date;
  to?: Date;
}

export type Query = Record<string, unknown>;
export type Order = "asc" | "desc";
/** A row by its log and position. */
export type Place = Pick<LogRow, "communityId" | "pos">;

/** The query of a filter. */
export function queryOf(filter: LogFilter): Query {
  const { communityIds, personId } = filter;
  const range = { ...(filter.from ? { $gte: filter.from } : {}), ...(filter.to ? { $lt: filter.to } : {}) };
  return {
    communityId: communityIds.length === 1 ? communityIds[0] : { $in: communityIds },
    ...(filter.requestId ? { requestId: filter.requestId } : {}),
    ...(filter.cadreId ? { cadreIds: filter.cadreId } : {}),
    ...(filter.serviceCode ? { serviceCode: filter.serviceCode } : {}),
    ...(filter.withoutTypes?.length ? { type: { $nin: [...filter.withoutTypes] } } : {}),
    ...(filter.type ? { type: filter.type } : {}),
    ...(filter.terms ? { terms: { $all: [...filter.terms] } } : {}),
    ...(filter.types ? { type: { $in: [...filter.types] } } : {}),
    ...(filter.from || filter.to ? { at: range } : {}),
    ...(personId ? { $or: [{ actorId: personId }, { cadreIds: personId }] } : {}),
  };
}

/** Restricts a query over several communities' logs, ordered by community and position, to the rows after a place. */
export function beyond(query: Query, order: Order, start: Place | null): Query {
  if (!start) return query;
  const { communityId, pos } = start;
  const than = order === "asc" ? "$gt" : "$lt";
  const rest = [{ communityId: { [than]: communityId } }, { communityId, pos: { [than]: pos } }];
  return { $and: [query, { $or: rest }] };
}
