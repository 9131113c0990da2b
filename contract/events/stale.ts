import type { OperationKey } from "../operation.ts";

/*
 * Queries of the fronts that events make stale, by what the events are of. A query that no event names is asked for
 * again by its own poll only.
 */

const always = ["GET /api/log", "GET /api/inbox"] as const satisfies OperationKey[];

/** Of what is no part of a request: whatever somebody of the staff did may be in the audit trail. */
export const record = [...always, "GET /api/audit"] as const satisfies OperationKey[];

/** Whatever concerns a request. */
export const ofRequest = [
  "GET /api/requests/:id",
  "GET /api/requests/:id/deliveries",
  "GET /api/requests",
  "GET /api/me/data",
  ...always,
] as const satisfies OperationKey[];

/** A step of a request. */
export const stepOfRequest = [
  ...ofRequest,
  "GET /api/co-tasks/:id",
  "GET /api/communities/:id/cadres",
  "GET /api/communities/:id/duty-proof",
  "GET /api/communities/:id/people",
] as const satisfies OperationKey[];

/** The lists of what organizations are asked to do. */
export const taskLists = ["GET /api/co-tasks", "GET /api/organizations"] as const satisfies OperationKey[];
