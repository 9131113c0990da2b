import type { News } from "./live-link.ts";

type Row = readonly [query: string, concerned: (news: News, query: string) => boolean];

const startsWith =
  (...prefixes: string[]) =>
  ({ type }: News): boolean =>
    prefixes.some((prefix) => type?.startsWith(prefix));

/** Which queries an event may have made out of date. A query that is not here is asked for again by its own poll only. */
const rows: readonly Row[] = [
  ["GET /api/requests/:id ", ({ requestId }, query) => requestId !== null && query.includes(`"${requestId}"`)],
  [
    "GET /api/requests/:id/deliveries ",
    ({ requestId }, query) => requestId !== null && query.includes(`"${requestId}"`),
  ],
  ["GET /api/requests ", ({ requestId }) => requestId !== null],
  ["GET /api/co-tasks ", startsWith("task.", "request.organization_asked")],
  ["GET /api/co-tasks/:id ", startsWith("task.", "request.")],
  ["GET /api/organizations ", startsWith("task.", "request.organization_asked")],
  ["GET /api/log ", () => true],
  ["GET /api/audit ", ({ requestId }) => requestId === null],
  ["GET /api/reveals/rate ", startsWith("personal.")],
  ["GET /api/inbox ", () => true],
  ["GET /api/communities/:id/duty ", startsWith("duty.", "shift.", "roster.")],
  ["GET /api/communities/:id/cadres ", startsWith("duty.", "shift.", "roster.", "request.")],
  ["GET /api/communities/:id/duty-proof ", startsWith("duty.", "request.")],
  ["GET /api/communities/:id/catalogue ", startsWith("service.")],
  ["GET /api/communities/:id/services ", startsWith("service.")],
  ["GET /api/communities/:id/settings ", startsWith("community.")],
  ["GET /api/communities/:id/people ", startsWith("role.", "duty.", "request.")],
  ["GET /api/communities/:id/invitations ", startsWith("invitation.")],
  ["GET /api/communities/:id ", startsWith("community.")],
  ["GET /api/complaints ", startsWith("complaint.")],
  ["GET /api/residents ", startsWith("resident.")],
  ["GET /api/me/data ", ({ requestId, type }) => requestId !== null || type?.startsWith("personal.") === true],
  ["GET /api/me ", startsWith("resident.", "duty.", "role.")],
];

/** Whether the answer to a query (its operation's key, a space, and what was asked) may have changed with the news. */
export function concerns(query: string, news: readonly News[]): boolean {
  const row = rows.find(([start]) => query.startsWith(start));
  if (!row) return news.some(({ type }) => type === null);
  return news.some((one) => one.type === null || row[1](one, query));
}
