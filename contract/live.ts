import { z } from "zod";
import { CommunityId, Id, Instant } from "./common.ts";

/**
 * Live updates over a WebSocket at `/api/live`. The client's first frame is `hello` with its access token, so that the
 * token is not in the address. The server replies `ready` and then sends events as they enter the log. An event names
 * what has changed and does not have the data.
 */

/** How far a client has heard of a community, encrypted: positions would tell of rows that it may not know of. */
const LiveCursor = z.string().max(200);

export const LiveFromClient = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    token: z.string().max(2000),
    after: z
      .record(CommunityId, LiveCursor)
      .optional()
      .describe("up to where the client has heard of each community: what came since is told first"),
  }),
  z.object({ type: z.literal("beat") }).describe("answers the server's beat"),
]);
export type LiveFromClient = z.infer<typeof LiveFromClient>;

export const LiveEvent = z.object({ type: z.string(), requestId: Id.nullable(), at: Instant });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const LiveFromServer = z.discriminatedUnion("type", [
  z
    .object({ type: z.literal("ready"), cursors: z.record(CommunityId, LiveCursor) })
    .describe("what was missed has been told; from here on events come as they happen"),
  z.object({
    type: z.literal("events"),
    communityId: CommunityId,
    cursor: LiveCursor,
    events: z.array(LiveEvent),
  }),
  z
    .object({ type: z.literal("behind"), communityId: CommunityId, cursor: LiveCursor })
    .describe("too much was missed to be told: ask for what is shown"),
  z.object({ type: z.literal("beat") }).describe("answer with a beat, or be taken for dead"),
]);
export type LiveFromServer = z.infer<typeof LiveFromServer>;

/** The codes with which the server closes a connection. */
export const liveCodes = {
  /** A frame that does not fit this protocol. */
  badFrame: 4400,
  /** The token is invalid or expired. The client should connect again with a new one. */
  unauthorized: 4401,
  /** The client sent no `hello` in time. */
  noHello: 4408,
  /** The client reads too slowly. It should connect again later. */
  slow: 4413,
  /** The client sends too much or connects too often. It should connect again later. */
  busy: 4420,
  /** The same user has opened newer connections. The client should not connect again. */
  tooMany: 4429,
} as const;
export type LiveCodes = typeof liveCodes;
