import type { LogEntry, Request, Status } from "../../contract/index.ts";
import { isOverdue, nextDue } from "./due.ts";

/** Requests by state. */
export function countByStatus(requests: readonly Pick<Request, "status">[]): ReadonlyMap<Status, number> {
  const counts = new Map<Status, number>();
  for (const { status } of requests) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** Those that are overdue, or due within `withinMs`, the most overdue first. */
export function dueSoon(requests: readonly Request[], now: Date, withinMs: number): Request[] {
  return requests
    .map((request) => ({ request, due: nextDue(request, now) }))
    .filter(({ due }) => due !== null && due.by.getTime() - now.getTime() <= withinMs)
    .toSorted((a, b) => (a.due?.by.getTime() ?? 0) - (b.due?.by.getTime() ?? 0))
    .map(({ request }) => request);
}

/** How many are overdue. */
export const countOverdue = (requests: readonly Request[], now: Date): number =>
  requests.filter((request) => isOverdue(request, now)).length;

/** How often each type stands in the log's rows. */
export function countByType(rows: readonly Pick<LogEntry, "type">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of rows) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
