import type { IdempotencyRecord } from "../../kernel/idempotency.ts";
import type { Readable } from "node:stream";
import type { OpKey, Operations, Parsed, Reply } from "../../../contract/index.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { RefreshCookie } from "./refresh-cookie.ts";
import type { RouteDeps } from "./route-deps.ts";
import type { LoginFrom } from "../usecases/accounts/open-session.ts";

/** A file as a reply. */
export interface FileReply {
  body: Readable | Buffer;
  type: string;
  bytes: number;
  /** When given, the file is saved under this name and not cached. */
  name?: string;
}

type Returned<K extends OpKey> = Operations[K]["reply"] extends "file"
  ? FileReply
  : Operations[K]["reply"] extends "none"
    ? void
    : Reply<K>;

type Caller<K extends OpKey> = Operations[K]["access"] extends "anyone" ? Actor | null : Actor;

/** The argument of a route's handler: validated input, the caller and the ports, without Koa's context. */
export interface Call<K extends OpKey, Deps = RouteDeps> extends Parsed<K> {
  deps: Deps;
  actor: Caller<K>;
  /** The session of the access token; null without one. */
  sessionId: string | null;
  /** When the caller last gave a password or a code in this session, as far as the access token says. */
  authenticatedAt: Date | null;
  idempotency: IdempotencyRecord | null;
  /** The caller's address, as reported by the trusted proxies. */
  address: string;
  /** The device and front end of the call, for a login. It is computed when called. */
  from(): LoginFrom;
  /** The cookie of the browser's refresh token; null for clients that keep the token themselves. */
  refreshCookie: RefreshCookie | null;
  /** The uploaded part `file` of operations with `upload`. */
  upload: { bytes: Buffer } | null;
}

export type Handler<K extends OpKey, Deps = RouteDeps> = (call: Call<K, Deps>) => Promise<Returned<K>>;

/** One handler for each of the operations K. A missing or superfluous one is a compile error. */
export type Handlers<K extends OpKey, Deps = RouteDeps> = { [P in K]: Handler<P, Deps> };
