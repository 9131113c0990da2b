import type { Request } from "../../contract/index.ts";

/** The next deadline of a request. */
export interface Due {
  /** `respond`: the first contact; `resolve`: the result. */
  kind: "respond" | "resolve";
  by: Date;
  overdue: boolean;
}

type Clocked = Pick<Request, "respondBy" | "resolveBy" | "firstContactAt" | "resolvedAt" | "closedAt">;

/** The next deadline. Null: the request has ended, or its clock is stopped until the resident answers. */
export function nextDue(request: Clocked, now: Date): Due | null {
  if (request.resolvedAt !== null || request.closedAt !== null) return null;
  const kind = request.firstContactAt === null ? "respond" : "resolve";
  const instant = kind === "respond" ? request.respondBy : request.resolveBy;
  if (instant === null) return null;
  const by = new Date(instant);
  return { kind, by, overdue: by < now };
}

/** Whether the current deadline (first contact or result) has passed. */
export const isOverdue = (request: Clocked, now: Date): boolean => nextDue(request, now)?.overdue ?? false;
