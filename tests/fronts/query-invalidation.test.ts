import { expect, it } from "vitest";
import { invalidatedQueries } from "../../fronts/query-invalidation.ts";

const claimed = { communityId: "east", type: "request.claimed", requestId: "a1" };
const duty = { communityId: "east", type: "duty.started", requestId: null };
const behind = { communityId: "east", type: null, requestId: null };

it.each([
  ['GET /api/requests/:id {"params":{"id":"a1"}}', claimed, true],
  ['GET /api/requests/:id {"params":{"id":"a11"}}', claimed, false],
  ['GET /api/requests/:id {"params":{"id":"a1"}}', duty, false],
  ['GET /api/requests {"query":{"scope":"queue"}}', claimed, true],
  ['GET /api/requests {"query":{"scope":"queue"}}', duty, false],
  ['GET /api/requests/:id/deliveries {"params":{"id":"a1"}}', claimed, true],
  ['GET /api/requests/:id/deliveries {"params":{"id":"b2"}}', claimed, false],
  ["GET /api/inbox {}", claimed, true],
  ['GET /api/communities/:id/duty {"params":{"id":"east"}}', duty, true],
  ['GET /api/communities/:id/duty {"params":{"id":"east"}}', claimed, false],
  ["GET /api/communities {}", claimed, false],
  ["GET /api/communities {}", behind, true],
  ['GET /api/complaints {"query":{"limit":50}}', { ...duty, type: "complaint.answered" }, true],
  ['GET /api/complaints {"query":{"limit":50}}', claimed, false],
  ['GET /api/requests/:id {"params":{"id":"b2"}}', behind, true],
  ["GET /api/co-tasks {}", { ...claimed, type: "task.done" }, true],
  ["GET /api/co-tasks {}", { ...claimed, type: "request.organization_asked" }, true],
  ["GET /api/co-tasks {}", claimed, false],
  ['GET /api/co-tasks/:id {"params":{"id":"t1"}}', { ...claimed, type: "task.withdrawn" }, true],
  ["GET /api/organizations {}", { ...claimed, type: "task.refused" }, true],
] as const)("%s after %o: %s", (query, news, asked) => {
  expect(invalidatedQueries(query, [news])).toBe(asked);
});
