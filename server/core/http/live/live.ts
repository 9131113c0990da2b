import { isHandshake } from "../../../kernel/http/handshake.ts";
import type { IncomingMessage, Server } from "node:http";
import { WebSocketServer } from "ws";
import { liveCodes } from "../../../../contract/live.ts";
import { isGone, toActor } from "../../domain/accounts/user.ts";
import type { LiveTail } from "../../../log/live-tail.ts";
import type { RouteDeps } from "../route-deps.ts";
import { isOver } from "../../usecases/accounts/who-calls.ts";
import { type LiveSocket, openLiveSocket } from "./live-socket.ts";
import { createTally, networkOfCaller } from "./tally.ts";

const BEAT_MS = 25_000;
/** Longest wait for a hello, ms. */
const HELLO_MS = 10_000;
/** Of one person at one server process; WeChat allows five per app, and a desk may have several tabs. */
const MOST_OF_ONE = 6;
/** Connections that have not said who they are: of all, and of one address, which is behind a proxy or a mobile network many people. */
const MOST_STRANGERS = 500;
const MOST_STRANGERS_OF_ONE = 50;
/** Of one address. */
const MOST_OF_ADDRESS = 500;
/** How long a stop waits for the others to say goodbye, ms. */
const GOODBYE_MS = 2_000;
const MOST_BYTES = 16 * 1024;

export interface Live {
  /** Answers WebSocket handshakes at `/api/live` of this server. */
  attach(server: Server): void;
  /** What happens every 25 s: the dead and those whose token or login has ended go, roles are read anew. */
  beat(): Promise<void>;
  /** Connections that are open. */
  connections(): number;
  stop(): Promise<void>;
}

/** Why a handshake is refused. */
const refusals = { 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable" } as const;

/** Live updates over WebSocket. It holds no state that another process would need: each tails the log by itself. */
export function createLive({
  deps,
  tail,
  behindProxy = false,
}: {
  deps: RouteDeps;
  tail: LiveTail;
  behindProxy?: boolean;
}): Live {
  const handshakes = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const followers = new Set<LiveSocket>();
  const strangers = createTally();
  const connections = createTally();
  let stopping = false;
  let leave: Promise<() => void> | null = null;

  const onRows: Parameters<LiveTail["follow"]>[0] = (communityId, rows, pos) => {
    for (const socket of [...followers]) socket.tell(communityId, rows, pos);
  };

  async function join(socket: LiveSocket): Promise<void> {
    const userId = socket.follower()?.actor.userId;
    const own = [...followers].filter((other) => other.follower()?.actor.userId === userId);
    const tooMany = Math.max(0, own.length + 1 - MOST_OF_ONE);
    for (const oldest of own.slice(0, tooMany)) forget(oldest, liveCodes.tooMany);
    followers.add(socket);
    const following = (leave ??= tail.follow(onRows));
    try {
      await following;
    } catch (error) {
      // Nobody follows: the next who comes tries again.
      if (leave === following) leave = null;
      throw error;
    }
  }

  /** Follows no more. That it never could is told to whoever wanted to. */
  async function unfollow(): Promise<void> {
    const following = leave;
    leave = null;
    const end = await following?.catch(() => null);
    end?.();
  }

  function forget(socket: LiveSocket, code?: number): void {
    if (code) socket.close(code);
    followers.delete(socket);
    if (followers.size > 0 || !leave) return;
    void unfollow();
  }

  handshakes.on("connection", (connection, request: IncomingMessage) => {
    const network = networkOfCaller(request, behindProxy);
    const met = strangers.enter(network);
    const left = connections.enter(network);
    const meet = (): void => {
      met();
      clearTimeout(limit);
    };
    const socket = openLiveSocket(connection, {
      deps,
      tail,
      joined(self) {
        meet();
        return join(self);
      },
    });
    const limit = setTimeout(() => socket.close(liveCodes.noHello), HELLO_MS);
    connection.on("close", () => {
      meet();
      left();
      forget(socket);
    });
    // A broken connection closes by itself; there is nobody to tell.
    connection.on("error", () => undefined);
  });

  function refusalOf(request: IncomingMessage): keyof typeof refusals | null {
    if (!isHandshake(request)) return 404;
    const network = networkOfCaller(request, behindProxy);
    const tooMany = strangers.of(network) >= MOST_STRANGERS_OF_ONE || connections.of(network) >= MOST_OF_ADDRESS;
    if (tooMany || deps.budgets.ofAddress("step", network) !== null) return 429;
    return stopping || strangers.all() >= MOST_STRANGERS ? 503 : null;
  }

  /**
   * A membership that was taken away, another role taken up, or a login that another server has ended, counts from the next beat on.
   * `userId`: of one only.
   */
  async function readRoles(userId?: string): Promise<void> {
    const concerned = [...followers].filter(
      (socket) => userId === undefined || socket.follower()?.actor.userId === userId,
    );
    const ids = concerned.flatMap((socket) => socket.follower()?.actor.userId ?? []);
    const users = new Map((await deps.store.users.findMany([...new Set(ids)])).map((user) => [user.id, user]));
    for (const socket of concerned) {
      const follower = socket.follower();
      const user = follower && users.get(follower.actor.userId);
      if (!user || isGone(user) || (await isOver(deps, user, follower.token))) forget(socket, liveCodes.unauthorized);
      else follower.actor = toActor(user);
    }
  }

  async function beat(): Promise<void> {
    for (const socket of [...followers]) socket.beat();
    await readRoles();
  }

  const failed = (error: unknown): void => deps.log.error({ err: error }, "live: a beat failed");
  const timer = setInterval(() => void beat().catch(failed), BEAT_MS);
  const hearsNoMore = deps.loginsEnded.hear((userId) => void readRoles(userId).catch(failed));

  return {
    attach(server) {
      server.on("upgrade", (request, stream, head) => {
        // Node has taken its own listener off: without one, whoever hangs up at this moment ends the process.
        stream.on("error", () => stream.destroy());
        const refused = refusalOf(request);
        if (refused !== null) {
          // Whoever does not hang up is cut off: nothing else watches over this connection any more.
          stream.once("finish", () => stream.destroy());
          stream.end(`HTTP/1.1 ${refused} ${refusals[refused]}\r\nConnection: close\r\n\r\n`);
          return;
        }
        handshakes.handleUpgrade(request, stream, head, (socket) => handshakes.emit("connection", socket, request));
      });
    },
    beat,
    connections: () => handshakes.clients.size,
    async stop() {
      clearInterval(timer);
      hearsNoMore();
      stopping = true;
      const gone = [...handshakes.clients].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      // 1001: the server goes away; clients come back to the next, each after a wait of its own.
      for (const socket of handshakes.clients) socket.close(1001);
      handshakes.close();
      const limit = setTimeout(() => {
        for (const socket of handshakes.clients) socket.terminate();
      }, GOODBYE_MS);
      await Promise.all(gone);
      clearTimeout(limit);
      await unfollow();
    },
  };
}
