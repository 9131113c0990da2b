import type { WebSocket } from "ws";
import { LiveFromClient, type LiveFromServer, liveCodes } from "../../../../contract/live.ts";
import type { AccessClaims } from "../../../adapters/identity/tokens.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { type LiveTail, MAX_ROWS_PUSHED } from "../../../log/live-tail.ts";
import type { RouteDeps } from "../route-deps.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { liveCursors } from "./live-cursors.ts";
import { mayFollow } from "../../../log/audience.ts";
import { instant } from "../../presenters/time.ts";
import { resolveCaller } from "../../usecases/accounts/resolve-caller.ts";

/** Bytes that may be buffered for a client. A slower client is disconnected. */
const MAX_BUFFERED = 256 * 1024;

/** Frames that a client may send between two heartbeats; it has to answer one. */
const MAX_FRAMES = 10;

/** A client that has authenticated with `hello`. */
export interface LiveClient {
  actor: Actor;
  token: AccessClaims;
}

/** One connection. */
export interface LiveSocket {
  /** The authenticated client; null before its hello. */
  follower(): LiveClient | null;
  /** Sends rows of a community, or, when `rows` is null, that there are too many, up to `pos`. */
  tell(communityId: string, rows: readonly LogRow[] | null, pos: number): void;
  /** Sends a heartbeat. Ends a connection that has not answered the previous one, or whose token has expired. */
  heartbeat(): void;
  close(code: number): void;
}

interface LiveSocketOptions {
  deps: RouteDeps;
  tail: LiveTail;
  /** Called after authentication; from then on the socket gets rows. Rejects when the database cannot be reached. */
  joined(socket: LiveSocket): Promise<void>;
}

/** Runs the protocol of `contract/live.ts` on one connection. */
export function openLiveSocket(socket: WebSocket, { deps, tail, joined }: LiveSocketOptions): LiveSocket {
  let follower: LiveClient | null = null;
  let helloed = false;
  let answered = true;
  /** Frames received since the last heartbeat. */
  let frames = 0;
  /** Rows that arrived while older ones were being read; null when nothing is being read. */
  let waiting: [string, readonly LogRow[] | null, number][] | null = [];
  const cursors = liveCursors(deps.keys);
  /** The position of each community up to which this client has been sent rows. */
  const told = new Map<string, number>();

  function send(frame: LiveFromServer): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED) close(liveCodes.slow);
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
    heartbeat() {
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

  /** Closes the connection when the token has expired, so that nothing is sent after it. */
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
      if (concerned) send({ type: "behind", communityId, cursor: cursors.seal(communityId, pos) });
      return;
    }
    const events = rows
      .filter((row) => row.pos > from && mayFollow(actor, row))
      .map((row) => ({ type: row.type, requestId: row.requestId, at: instant(row.at) }));
    if (events.length) send({ type: "events", communityId, cursor: cursors.seal(communityId, pos), events });
  }

  /** Sends the rows since the client's cursors, then those that arrived meanwhile, then `ready`. */
  async function catchUp(after: Readonly<Record<string, string>>, actor: Actor): Promise<void> {
    const communityIds = await followed(deps, actor);
    for (const communityId of new Set([...communityIds, ...Object.keys(after)])) {
      const head = tail.head(communityId);
      const cursor = after[communityId];
      // A cursor under a key that is gone is as one from very long ago.
      const from = cursor === undefined ? head : (cursors.open(communityId, cursor) ?? -Infinity);
      told.set(communityId, Math.min(from, head));
      if (from < head) {
        const rows = head - from > MAX_ROWS_PUSHED ? null : await deps.store.log.after(communityId, from, head - from);
        pass(communityId, rows, head);
      }
    }
    const came = waiting ?? [];
    waiting = null;
    for (const [communityId, rows, pos] of came) pass(communityId, rows, pos);
    send({
      type: "ready",
      cursors: Object.fromEntries([...communityIds].map((id) => [id, cursors.seal(id, told.get(id) ?? tail.head(id))])),
    });
  }

  async function hello(token: string, after: Readonly<Record<string, string>>): Promise<void> {
    const { actor, claims } = await resolveCaller(deps, token);
    // Reading the missed rows costs as much as a search, so it counts against that budget.
    if (deps.budgets.ofUser("query", actor.userId) !== null) {
      close(liveCodes.busy);
      return;
    }
    if (socket.readyState !== socket.OPEN) return;
    follower = { actor, token: claims };
    await joined(self);
    await tail.poll();
    await catchUp(after, actor);
  }

  socket.on("message", (bytes, binary) => {
    frames += 1;
    if (frames > MAX_FRAMES) {
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

/**
 * The communities whose cursors a client keeps: those in which a member of staff works, or in which a resident lives
 * or has filed.
 */
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
