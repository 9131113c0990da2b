import type { LogEntry, Request, Status } from "../../contract/index.ts";
import { isOverdue, nextDue } from "./due.ts";

/** Counts requests by state. */
export function countByStatus(requests: readonly Pick<Request, "status">[]): ReadonlyMap<Status, number> {
  const counts = new Map<Status, number>();
  for (const { status } of requests) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** Requests that are overdue or due within `withinMs`, the earliest deadline first. */
export function dueSoon(requests: readonly Request[], now: Date, withinMs: number): Request[] {
  return requests
    .map((request) => ({ request, due: nextDue(request, now) }))
    .filter(({ due }) => due !== null && due.by.getTime() - now.getTime() <= withinMs)
    .toSorted((a, b) => (a.due?.by.getTime() ?? 0) - (b.due?.by.getTime() ?? 0))
    .map(({ request }) => request);
}

/** The number of overdue requests. */
export const countOverdue = (requests: readonly Request[], now: Date): number =>
  requests.filter((request) => isOverdue(request, now)).length;

/** Counts the rows of the log by type of event. */
export function countByType(rows: readonly Pick<LogEntry, "type">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of rows) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** The open offers, the one that ends first at the start, and the number of queued requests without an offer. */
export function offersOf<R extends Pick<Request, "status" | "offer">>(
  requests: readonly R[],
): { offers: { request: R; offer: NonNullable<Request["offer"]> }[]; unoffered: number } {
  const queued = requests.filter(({ status }) => status === "queued");
  const offers = queued.flatMap((request) => (request.offer ? [{ request, offer: request.offer }] : []));
  return {
    offers: offers.toSorted((a, b) => a.offer.expiresAt.localeCompare(b.offer.expiresAt)),
    unoffered: queued.length - offers.length,
  };
}

/**
 * Counts of the open requests of one community by standing. `overdue` includes the supervised ones, as the list of
 * overdue requests does.
 */
export interface Standing {
  open: number;
  queued: number;
  offered: number;
  overdue: number;
  supervised: number;
}

/** Counts the open requests by standing. */
export function standingOf(requests: readonly Pick<Request, "status" | "offer" | "escalation">[]): Standing {
  const count = (is: (request: (typeof requests)[number]) => boolean): number => requests.filter(is).length;
  return {
    open: requests.length,
    queued: count(({ status }) => status === "queued"),
    offered: count(({ status, offer }) => status === "queued" && offer !== null),
    overdue: count(({ escalation }) => escalation !== null && escalation.level !== "reminded"),
    supervised: count(({ escalation }) => escalation?.level === "supervised"),
  };
}

/** The supervised requests, those supervised longest first. */
export const supervisedOf = <R extends Pick<Request, "escalation">>(requests: readonly R[]): R[] =>
  requests
    .filter(({ escalation }) => escalation?.level === "supervised")
    .toSorted((a, b) => (a.escalation?.at ?? "").localeCompare(b.escalation?.at ?? ""));
