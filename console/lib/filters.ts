import type { Input, Status, Tier } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { CODE, ID, matching, oneOf } from "./address.ts";
import { type WallClock, endInstant, readWallClock, startInstant } from "./wall-clock.ts";

type RequestQuery = NonNullable<Input<"GET /api/requests">["query"]>;
type LogQuery = NonNullable<Input<"GET /api/log">["query"]>;

/**
 * Requests that need the committee's attention: overdue, supervised, with an undecided time request, with a callback
 * due, or to be taken over from another community.
 */
export const attentionFilters = ["overdue", "supervised", "time-request", "callback", "incoming"] as const;
export type AttentionFilter = (typeof attentionFilters)[number];

/** The filters of the list of requests, as they stand in the address. */
export interface RequestFilters {
  open?: "true" | "false" | undefined;
  status?: Status | undefined;
  attention?: AttentionFilter | undefined;
  serviceCode?: string | undefined;
  cadreId?: string | undefined;
  requestNo?: string | undefined;
  communityId?: string | undefined;
  from?: WallClock | undefined;
  to?: WallClock | undefined;
}

/** The filters of the service log, as they stand in the address. */
export interface LogFilters {
  /** A search for words in the rows. */
  q?: string | undefined;
  requestId?: string | undefined;
  cadreId?: string | undefined;
  serviceCode?: string | undefined;
  type?: string | undefined;
  from?: WallClock | undefined;
  to?: WallClock | undefined;
  communityId?: string | undefined;
  order?: "asc" | undefined;
}

/** The filters of the list of residents, as they stand in the address. */
export interface ResidentFilters {
  tier?: Exclude<Tier, "guest"> | undefined;
}

const TYPE = /^[a-z_.-]{1,60}$/;

/** The states, in the order of a request's life. */
export const statuses = Object.keys(zh.status) as Status[];

const readCommon = (params: URLSearchParams) => ({
  serviceCode: matching(params.get("serviceCode"), CODE),
  cadreId: matching(params.get("cadreId"), ID),
  communityId: matching(params.get("communityId"), CODE),
  from: readWallClock(params.get("from")),
  to: readWallClock(params.get("to")),
});

/** Reads the filters from an address; invalid values are ignored. */
export function readRequestFilters(params: URLSearchParams): RequestFilters {
  return {
    open: oneOf(params.get("open"), ["true", "false"]),
    status: oneOf(params.get("status"), statuses),
    attention: oneOf(params.get("attention"), attentionFilters),
    requestNo: params.get("requestNo")?.trim().slice(0, 20) || undefined,
    ...readCommon(params),
  };
}

/** Reads the filters from an address; invalid values are ignored. */
export function readLogFilters(params: URLSearchParams): LogFilters {
  return {
    q: params.get("q")?.trim().slice(0, 60) || undefined,
    requestId: matching(params.get("requestId"), ID),
    type: matching(params.get("type"), TYPE),
    order: oneOf(params.get("order"), ["asc"]),
    ...readCommon(params),
  };
}

/** Reads the filters from an address; invalid values are ignored. */
export const readResidentFilters = (params: URLSearchParams): ResidentFilters => ({
  tier: oneOf(params.get("tier"), ["registered", "confirmed"]),
});

/** The filters of the list of co-handling tasks, as they stand in the address. */
export interface TaskFilters {
  scope?: "asked" | "accepted" | "ended" | undefined;
  organization?: string | undefined;
}

export function readTaskFilters(params: URLSearchParams): TaskFilters {
  const organization = params.get("organization");
  return {
    scope: oneOf(params.get("scope"), ["asked", "accepted", "ended"]),
    ...(organization ? { organization } : {}),
  };
}

/**
 * The address's query for these filters. Only set filters are written, always in the same order, so that equal filters
 * give equal links.
 */
export function writeFilters(filters: object): URLSearchParams {
  const set = Object.entries(filters).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  return new URLSearchParams(set.toSorted(([a], [b]) => a.localeCompare(b)));
}

const span = ({ from, to }: { from?: WallClock | undefined; to?: WallClock | undefined }) => ({
  ...(from ? { from: startInstant(from) } : {}),
  ...(to ? { to: endInstant(to) } : {}),
});

/** The query of the API for these filters. */
export const requestQuery = ({ from, to, ...rest }: RequestFilters): RequestQuery => ({
  scope: "community",
  ...rest,
  ...span({ from, to }),
});

/** The query of the API for these filters; newest first by default. */
export const logQuery = ({ from, to, order, ...rest }: LogFilters): LogQuery => ({
  ...rest,
  ...span({ from, to }),
  order: order ?? "desc",
});
