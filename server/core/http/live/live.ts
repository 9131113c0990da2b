import { createConnectionCounts } from "../../../kernel/http/connection-counts.ts";
import type { KnowsHost } from "../../../kernel/http/known-hosts.ts";
import { isLiveHandshake } from "../../../kernel/http/handshake.ts";
import type { IncomingMessage, Server } from "node:http";
import { WebSocketServer } from "ws";
import { liveCodes } from "../../../../contract/live.ts";
import { isAccountClosed, toActor } from "../../domain/accounts/user.ts";
import type { LiveTail } from "../../../log/live-tail.ts";
import type { RouteDeps } from "../route-deps.ts";
import { isLoginEnded } from "../../usecases/accounts/resolve-caller.ts";
import { type LiveSocket, openLiveSocket } from "./live-socket.ts";
import { networkOfCaller } from "./network-of-caller.ts";

const HEARTBEAT_MS = 25_000;
/** The longest wait for a hello, in ms. */
const HELLO_TIMEOUT_MS = 10_000;
/**
 * The limit of connections of one person at one process. WeChat allows five per app, and a desk may have several tabs.
 */
const MAX_PER_USER = 6;
/**
 * The limits of unauthenticated connections, in all and from one network. Behind a proxy or in a mobile network many
 * people share one.
 */
const MAX_ANONYMOUS = 500;
const MAX_ANONYMOUS_PER_NETWORK = 50;
/** The limit of connections from one network. */
const MAX_PER_NETWORK = 500;
/** How long a stop waits for clients to close their connections, in ms. */
const CLOSE_TIMEOUT_MS = 2_000;
const MAX_BYTES = 16 * 1024;

/** The live updates of this process. */
export interface Live {
  /** Answers WebSocket handshakes at `/api/live` of this server. */
  attach(server: Server): void;
  /**
   * Runs every 25 s: closes connections that do not answer or whose token or login has ended, and loads the roles of
   * the others again.
   */
  beat(): Promise<void>;
  /** The number of open connections. */
  connections(): number;
  stop(): Promise<void>;
}

/** Why a handshake is refused. */
const refusals = {
  404: "Not Found",
  421: "Misdirected Request",
  429: "Too Many Requests",
  503: "Service Unavailable",
} as const;

/** Live updates over WebSocket. Every process follows the log by itself, so no state is shared. */
export function createLive({
  deps,
  tail,
  behindProxy = false,
  hosts = null,
}: {
  deps: RouteDeps;
  tail: LiveTail;
  behindProxy?: boolean;
  /** Which hosts are answered; null: any. */
  hosts?: KnowsHost | null;
}): Live {
  const handshakes = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const followers = new Set<LiveSocket>();
  const strangers = createConnectionCounts();
  const connections = createConnectionCounts();
  let stopping = false;
  let leave: Promise<() => void> | null = null;

  const onRows: Parameters<LiveTail["follow"]>[0] = (communityId, rows, pos) => {
    for (const socket of [...followers]) socket.tell(communityId, rows, pos);
  };

  async function join(socket: LiveSocket): Promise<void> {
    const userId = socket.follower()?.actor.userId;
    const own = [...followers].filter((other) => other.follower()?.actor.userId === userId);
    const tooMany = Math.max(0, own.length + 1 - MAX_PER_USER);
    for (const oldest of own.slice(0, tooMany)) forget(oldest, liveCodes.tooMany);
    followers.add(socket);
    const following = (leave ??= tail.follow(onRows));
    try {
      await following;
    } catch (error) {
      // Following failed. The next client that joins tries again.
      if (leave === following) leave = null;
      throw error;
    }
  }

  /** Stops following the log. A failure to follow was reported to the client that had joined. */
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
    const limit = setTimeout(() => socket.close(liveCodes.noHello), HELLO_TIMEOUT_MS);
    connection.on("close", () => {
      meet();
      left();
      forget(socket);
    });
    // A broken connection closes by itself, and no reply can reach the client.
    connection.on("error", () => undefined);
  });

  function refusalOf(request: IncomingMessage): keyof typeof refusals | null {
    if (!isLiveHandshake(request)) return 404;
    if (hosts && !hosts(request.headers.host)) return 421;
    const network = networkOfCaller(request, behindProxy);
    const tooMany = strangers.of(network) >= MAX_ANONYMOUS_PER_NETWORK || connections.of(network) >= MAX_PER_NETWORK;
    if (tooMany || deps.budgets.ofAddress("step", network) !== null) return 429;
    return stopping || strangers.all() >= MAX_ANONYMOUS ? 503 : null;
  }

  /**
   * Loads roles and logins again, so that an ended membership, a change of role, or a login that another process has
   * ended counts from the next heartbeat on. `userId`: only for this user.
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
      if (!user || isAccountClosed(user) || (await isLoginEnded(deps, user, follower.token)))
        forget(socket, liveCodes.unauthorized);
      else follower.actor = toActor(user);
    }
  }

  async function beat(): Promise<void> {
    for (const socket of [...followers]) socket.heartbeat();
    await readRoles();
  }

  const failed = (error: unknown): void => deps.log.error({ err: error }, "live: a beat failed");
  const timer = setInterval(() => void beat().catch(failed), HEARTBEAT_MS);
  const hearsNoMore = deps.loginsEnded.subscribe((userId) => void readRoles(userId).catch(failed));

  return {
    attach(server) {
      server.on("upgrade", (request, stream, head) => {
        // Node has removed its own error listener. Without one, a client that disconnects now would end the process.
        stream.on("error", () => stream.destroy());
        const refused = refusalOf(request);
        if (refused !== null) {
          // A client that does not close the connection is cut off, since nothing else watches this connection any
          // more.
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
      // 1001: the server is going away. Clients connect again, each after a random wait.
      for (const socket of handshakes.clients) socket.close(1001);
      handshakes.close();
      const limit = setTimeout(() => {
        for (const socket of handshakes.clients) socket.terminate();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all(gone);
      clearTimeout(limit);
      await unfollow();
    },
  };
}
