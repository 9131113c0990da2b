import type { WebSocket } from "ws";
import { LiveFromClient, type LiveFromServer, liveCodes } from "../../../../contract/live.ts";
import type { AccessClaims } from "../../../adapters/identity/tokens.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { type LiveTail, MOST_TOLD } from "../../../log/live-tail.ts";
import type { RouteDeps } from "../route-deps.ts";
import type { LogRow } from "../../../log/store/log.ts";
import { mayFollow } from "../../../log/audience.ts";
import { instant } from "../../presenters/time.ts";
import { whoCalls } from "../../usecases/accounts/who-calls.ts";

/** Bytes that may wait to be read by a client; beyond that it is dropped. */
const MOST_BUFFERED = 256 * 1024;

/** Frames between two beats of ours: a client has one answer to each. */
const MOST_FRAMES = 10;

/** Somebody who has said hello. */
export interface Follower {
  actor: Actor;
  token: AccessClaims;
}

/** One connection. */
export interface LiveSocket {
  /** Null before its hello. */
  follower(): Follower | null;
  /** Rows of a community, or null: too many to tell of, up to `pos`. */
  tell(communityId: string, rows: readonly LogRow[] | null, pos: number): void;
  /** Sends a beat; ends a connection that has not answered the one before, or whose token has ended. */
  beat(): void;
  close(code: number): void;
}

interface Surroundings {
  deps: RouteDeps;
  tail: LiveTail;
  /** It is known who it is: from now on it hears of rows. Rejects when that cannot be, since the database is away. */
  joined(socket: LiveSocket): Promise<void>;
}

/** Speaks the protocol of `contract/live.ts` on one connection. */
export function openLiveSocket(socket: WebSocket, { deps, tail, joined }: Surroundings): LiveSocket {
  let follower: Follower | null = null;
  let helloed = false;
  let answered = true;
  /** Frames since the last beat. */
  let frames = 0;
  /** Rows that came while older ones were being read; null: nothing is being read. */
  let waiting: [string, readonly LogRow[] | null, number][] | null = [];
  /** Up to where each community has been told. */
  const told = new Map<string, number>();

  function send(frame: LiveFromServer): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED) close(liveCodes.slow);
    else socket.send(JSON.stringify(frame));
  }

  function close(code: number): void {
    follower = null;
    socket.close(code);
  }

  const self: LiveSocket = {
    follower: () => follower,
    tell(communityId, rows, pos) {
      if (waiting) waiting.push([communityId, rows, pos]);
      else pass(communityId, rows, pos);
    },
    beat() {
      frames = 0;
      if (ended()) return;
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      send({ type: "beat" });
    },
    close,
  };

  /** Nothing goes out after the token has ended. */
  function ended(): boolean {
    if (follower && follower.token.expiresAt <= deps.clock.now()) close(liveCodes.unauthorized);
    return follower === null;
  }

  function pass(communityId: string, rows: readonly LogRow[] | null, pos: number): void {
    const from = told.get(communityId) ?? 0;
    if (pos <= from || ended() || !follower) return;
    told.set(communityId, pos);
    const { actor } = follower;
    if (rows === null) {
      const concerned = actor.role === "resident" || actor.communityIds.includes(communityId);
      if (concerned) send({ type: "behind", communityId, pos });
      return;
    }
    const events = rows
      .filter((row) => row.pos > from && mayFollow(actor, row))
      .map((row) => ({ pos: row.pos, type: row.type, requestId: row.requestId, at: instant(row.at) }));
    if (events.length) send({ type: "events", communityId, events });
  }

  /** What came since the client last heard, then what came meanwhile, then `ready`. */
  async function catchUp(after: Readonly<Record<string, number>>, actor: Actor): Promise<void> {
    const communityIds = await followed(deps, actor);
    for (const communityId of new Set([...communityIds, ...Object.keys(after)])) {
      const head = tail.head(communityId);
      const from = after[communityId] ?? head;
      told.set(communityId, Math.min(from, head));
      if (from < head) {
        const rows = head - from > MOST_TOLD ? null : await deps.store.log.after(communityId, from, head - from);
        pass(communityId, rows, head);
      }
    }
    const came = waiting ?? [];
    waiting = null;
    for (const [communityId, rows, pos] of came) pass(communityId, rows, pos);
    send({
      type: "ready",
      positions: Object.fromEntries([...communityIds].map((id) => [id, told.get(id) ?? tail.head(id)])),
    });
  }

  async function hello(token: string, after: Readonly<Record<string, number>>): Promise<void> {
    const { actor, claims } = await whoCalls(deps, token);
    // What was missed is read for it: that costs as a search does.
    if (deps.budgets.ofUser("query", actor.userId) !== null) {
      close(liveCodes.busy);
      return;
    }
    if (socket.readyState !== socket.OPEN) return;
    follower = { actor, token: claims };
    await joined(self);
    await tail.look();
    await catchUp(after, actor);
  }

  socket.on("message", (bytes, binary) => {
    frames += 1;
    if (frames > MOST_FRAMES) {
      close(liveCodes.busy);
      return;
    }
    const frame = binary ? null : parse(bytes as Buffer);
    if (!frame || (frame.type === "hello") === helloed) {
      close(liveCodes.badFrame);
      return;
    }
    answered = true;
    if (frame.type === "beat") return;
    helloed = true;
    hello(frame.token, frame.after ?? {}).catch((error: unknown) => {
      if (!(error instanceof DomainError)) deps.log.error({ err: error }, "live: hello failed");
      close(error instanceof DomainError ? liveCodes.unauthorized : 1011);
    });
  });
  return self;
}

/** Communities whose position a client keeps: those one works in, or lives in and has filed in. */
async function followed({ store }: RouteDeps, actor: Actor): Promise<Set<string>> {
  if (actor.role !== "resident") return new Set(actor.communityIds);
  const [user, filed] = await Promise.all([
    store.users.find(actor.userId),
    store.requests.list({ partyIds: actor.ids }, 100),
  ]);
  const home = user?.registration?.communityId;
  return new Set([...(home ? [home] : []), ...filed.items.map(({ communityId }) => communityId)]);
}

function parse(bytes: Buffer): LiveFromClient | null {
  try {
    const frame = LiveFromClient.safeParse(JSON.parse(bytes.toString()));
    return frame.success ? frame.data : null;
  } catch {
    return null;
  }
}
