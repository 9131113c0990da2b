import { z } from "zod";
import { CommunityId, Id, Instant } from "./common.ts";

/**
 * Live updates: a WebSocket at `/api/live`. The client's first frame is `hello` with its access token, so that no
 * token stands in an address; the server says `ready` and then tells of events as they enter the log. An event says
 * where to look, not what is there.
 */
const Position = z.number().int().min(0);

export const LiveFromClient = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    token: z.string().max(2000),
    after: z
      .record(CommunityId, Position)
      .optional()
      .describe("up to where the client has heard of each community: what came since is told first"),
  }),
  z.object({ type: z.literal("beat") }).describe("answers the server's beat"),
]);
export type LiveFromClient = z.infer<typeof LiveFromClient>;

export const LiveEvent = z.object({ pos: Position, type: z.string(), requestId: Id.nullable(), at: Instant });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const LiveFromServer = z.discriminatedUnion("type", [
  z
    .object({ type: z.literal("ready"), positions: z.record(CommunityId, Position) })
    .describe("what was missed has been told; from here on events come as they happen"),
  z.object({ type: z.literal("events"), communityId: CommunityId, events: z.array(LiveEvent) }),
  z
    .object({ type: z.literal("behind"), communityId: CommunityId, pos: Position })
    .describe("too much was missed to be told: ask for what is shown"),
  z.object({ type: z.literal("beat") }).describe("answer with a beat, or be taken for dead"),
]);
export type LiveFromServer = z.infer<typeof LiveFromServer>;

/** Codes with which the server closes. */
export const liveCodes = {
  /** A frame that is no frame of this protocol. */
  badFrame: 4400,
  /** The token has ended or is none: come again with a new one. */
  unauthorized: 4401,
  /** No `hello` came in time. */
  noHello: 4408,
  /** The client reads too slowly: come again later. */
  slow: 4413,
  /** It says too much, or comes too often: come again later. */
  busy: 4420,
  /** The same person has opened newer ones: stay away. */
  tooMany: 4429,
} as const;
export type LiveCodes = typeof liveCodes;
