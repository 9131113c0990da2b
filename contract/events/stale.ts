import type { OperationKey } from "../operation.ts";

/* Queries of the front ends that events make stale. A query that no event names is only refreshed by its own poll. */

const always = ["GET /api/log", "GET /api/inbox"] as const satisfies OperationKey[];

/** Queries made stale by events outside of requests. Any of them may be in the audit trail. */
export const record = [...always, "GET /api/audit"] as const satisfies OperationKey[];

/** Queries made stale by anything that concerns a request. */
export const ofRequest = [
  "GET /api/requests/:id",
  "GET /api/requests/:id/deliveries",
  "GET /api/requests",
  "GET /api/me/data",
  ...always,
] as const satisfies OperationKey[];

/** Queries made stale by a step of a request. */
export const stepOfRequest = [
  ...ofRequest,
  "GET /api/co-tasks/:id",
  "GET /api/communities/:id/cadres",
  "GET /api/communities/:id/duty-proof",
  "GET /api/communities/:id/people",
] as const satisfies OperationKey[];

/** The lists of co-handling tasks. */
export const taskLists = ["GET /api/co-tasks", "GET /api/organizations"] as const satisfies OperationKey[];
