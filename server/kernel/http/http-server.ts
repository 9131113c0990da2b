import { type RequestListener, type Server, createServer } from "node:http";
import { isLiveHandshake } from "./handshake.ts";

/** How long a caller may take, ms. */
interface Timeouts {
  /** To say what is asked for. */
  headers: number;
  /** To send all of it: a photo of 10 MB from a weak network. */
  request: number;
  /** Without a byte either way, also while a reply is being read. */
  idle: number;
  /** How often the first two are looked after. */
  check: number;
}

const timeouts: Timeouts = { headers: 10_000, request: 120_000, idle: 90_000, check: 5_000 };
/**
 * A connection is a file and some memory; beyond this newcomers are turned away, so that those who are served go on.
 */
const MAX_CONNECTIONS = 10_000;
/** Ours send about fifteen. */
const MAX_HEADERS = 60;

/** An HTTP server with timeouts: clients that send or read too slowly are disconnected. */
export function createHttpServer(listener: RequestListener, over: Partial<Timeouts> = {}): Server {
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
  // Longer than a proxy keeps its own, so that it never sends on a connection that ends at this moment.
  server.keepAliveTimeout = Math.min(75_000, idle);
  server.setTimeout(idle);
  return server;
}
