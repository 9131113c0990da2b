import type { IncomingMessage } from "node:http";

/** Where live updates are. */
export const LIVE_PATH = "/api/live";

/**
 * Whether the request asks for live updates. Whatever else offers to upgrade (HTTP/2 in clear) is answered as if it
 * did not.
 */
export const isLiveHandshake = ({ url, headers }: IncomingMessage): boolean =>
  url?.split("?", 1)[0] === LIVE_PATH && headers.upgrade?.toLowerCase() === "websocket";
