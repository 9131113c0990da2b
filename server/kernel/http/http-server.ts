import { type RequestListener, type Server, createServer } from "node:http";
import type { Socket } from "node:net";
import { createConnectionCounts } from "./connection-counts.ts";
import { isLiveHandshake } from "./handshake.ts";

/** Timeouts for callers, in ms. */
interface Timeouts {
  /** For the headers. */
  headers: number;
  /** For the whole request, such as a photo of 10 MB over a weak network. */
  request: number;
  /** Without a byte in either direction, also while a reply is being read. */
  idle: number;
  /** How often the first two are checked. */
  check: number;
}

const timeouts: Timeouts = { headers: 10_000, request: 120_000, idle: 90_000, check: 5_000 };
/**
 * The most open connections, each of which costs a file descriptor and memory. Further ones are refused, so that the
 * existing ones are still served.
 */
const MAX_CONNECTIONS = 10_000;
/** The most headers. Our clients send about fifteen. */
const MAX_HEADERS = 60;

/** How many connections one network may hold, of those that come without a proxy of ours. */
interface Crowd {
  most: number;
  /** Whose an address is. */
  networkOf: (address: string) => string;
}

/** Closes each connection beyond what its network may hold: whoever opens thousands shuts nobody else out. */
function limitCrowd(server: Server, { most, networkOf }: Crowd): void {
  const counts = createConnectionCounts();
  server.on("connection", (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? "");
    if (counts.of(network) >= most) {
      socket.destroy();
      return;
    }
    socket.once("close", counts.enter(network));
  });
}

/**
 * An HTTP server with timeouts: clients that send or read too slowly are disconnected. `crowd` limits the connections
 * of one network, WebSockets among them; behind a proxy all are the proxy's, and it does that.
 */
export function createHttpServer(
  listener: RequestListener,
  over: Partial<Timeouts> = {},
  crowd: Crowd | null = null,
): Server {
  const { headers, request, idle, check } = { ...timeouts, ...over };
  const server = createServer(
    {
      ...{ headersTimeout: headers, requestTimeout: request, connectionsCheckingInterval: check },
      shouldUpgradeCallback: isLiveHandshake,
    },
    listener,
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS;
  // Longer than a proxy keeps its connections, so that the proxy never sends on a connection that is being closed.
  server.keepAliveTimeout = Math.min(75_000, idle);
  server.setTimeout(idle);
  if (crowd) limitCrowd(server, crowd);
  return server;
}
