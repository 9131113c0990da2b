import type { Input, Status, Tier } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { CODE, ID, matching, oneOf } from "./address.ts";
import { type WallClock, endInstant, readWallClock, startInstant } from "./wall-clock.ts";

type RequestQuery = NonNullable<Input<"GET /api/requests">["query"]>;
type LogQuery = NonNullable<Input<"GET /api/log">["query"]>;

/**
 * What the committee has to look after: overdue, supervised, asked and not decided, to be called back, to be taken
 * over from another community.
 */
export const attentionFilters = ["overdue", "supervised", "plea", "callback", "incoming"] as const;
export type AttentionFilter = (typeof attentionFilters)[number];

/** Filters of the list of requests, as the address has them. */
export interface RequestFilters {
  open?: "true" | "false" | undefined;
  status?: Status | undefined;
  late?: AttentionFilter | undefined;
  serviceCode?: string | undefined;
  cadreId?: string | undefined;
  requestNo?: string | undefined;
  communityId?: string | undefined;
  from?: WallClock | undefined;
  to?: WallClock | undefined;
}

/** Filters of the service log, as the address has them. */
export interface LogFilters {
  /** Words that the rows say. */
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

/** Filters of the list of residents, as the address has them. */
export interface ResidentFilters {
  tier?: Exclude<Tier, "guest"> | undefined;
}

const TYPE = /^[a-z_.-]{1,60}$/;

/** The states in the order of a request's life. */
export const statuses = Object.keys(zh.status) as Status[];

const readCommon = (params: URLSearchParams) => ({
  serviceCode: matching(params.get("serviceCode"), CODE),
  cadreId: matching(params.get("cadreId"), ID),
  communityId: matching(params.get("communityId"), CODE),
  from: readWallClock(params.get("from")),
  to: readWallClock(params.get("to")),
});

/** Reads an address; invalid values are ignored. */
export function readRequestFilters(params: URLSearchParams): RequestFilters {
  return {
    open: oneOf(params.get("open"), ["true", "false"]),
    status: oneOf(params.get("status"), statuses),
    late: oneOf(params.get("late"), attentionFilters),
    requestNo: params.get("requestNo")?.trim().slice(0, 20) || undefined,
    ...readCommon(params),
  };
}

/** Reads an address; invalid values are ignored. */
export function readLogFilters(params: URLSearchParams): LogFilters {
  return {
    q: params.get("q")?.trim().slice(0, 60) || undefined,
    requestId: matching(params.get("requestId"), ID),
    type: matching(params.get("type"), TYPE),
    order: oneOf(params.get("order"), ["asc"]),
    ...readCommon(params),
  };
}

/** Reads an address; invalid values are ignored. */
export const readResidentFilters = (params: URLSearchParams): ResidentFilters => ({
  tier: oneOf(params.get("tier"), ["registered", "confirmed"]),
});

/** Filters of the list of tasks of organizations, as the address has them. */
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
 * The address's part for these filters: only those set, always in the same order, so that equal filters are equal
 * links.
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

/** What to ask the API for. */
export const requestQuery = ({ from, to, ...rest }: RequestFilters): RequestQuery => ({
  scope: "community",
  ...rest,
  ...span({ from, to }),
});

/** What to ask the API for; the newest first unless the filters say otherwise. */
export const logQuery = ({ from, to, order, ...rest }: LogFilters): LogQuery => ({
  ...rest,
  ...span({ from, to }),
  order: order ?? "desc",
});
