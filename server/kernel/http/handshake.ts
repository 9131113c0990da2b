import type { IncomingMessage } from "node:http";

/** The path of live updates. */
export const LIVE_PATH = "/api/live";

/**
 * Whether the HTTP request is a handshake for live updates. Other upgrades (such as HTTP/2 in clear) are ignored and
 * answered normally.
 */
export const isLiveHandshake = ({ url, headers }: IncomingMessage): boolean =>
  url?.split("?", 1)[0] === LIVE_PATH && headers.upgrade?.toLowerCase() === "websocket";
