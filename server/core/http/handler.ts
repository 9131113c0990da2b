import type { Intent } from "../../kernel/idempotency.ts";
import type { Readable } from "node:stream";
import type { OpKey, Operations, Parsed, Reply } from "../../../contract/index.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { RouteDeps } from "./route-deps.ts";
import type { LoginFrom } from "../usecases/accounts/open-session.ts";

/** Bytes to send as they are. */
export interface FileReply {
  body: Readable | Buffer;
  type: string;
  bytes: number;
  /** Given: to be saved under this name, and by nobody kept in between. */
  name?: string;
}

type Returned<K extends OpKey> = Operations[K]["reply"] extends "file"
  ? FileReply
  : Operations[K]["reply"] extends "none"
    ? void
    : Reply<K>;

type Caller<K extends OpKey> = Operations[K]["access"] extends "anyone" ? Actor | null : Actor;

/** What a route's handler receives: validated input, who asks, and the ports. No Koa context. */
export interface Call<K extends OpKey, Deps = RouteDeps> extends Parsed<K> {
  deps: Deps;
  actor: Caller<K>;
  /** The session of the access token; null without one. */
  sessionId: string | null;
  intent: Intent | null;
  /** The caller's address, as far as the trusted proxies tell it. */
  address: string;
  /** What the call comes from, as a login notes it; found out when asked. */
  from(): LoginFrom;
  /** The uploaded part `file` of operations with `upload`. */
  upload: { bytes: Buffer } | null;
}

export type Handler<K extends OpKey, Deps = RouteDeps> = (call: Call<K, Deps>) => Promise<Returned<K>>;

/** One handler for each of the operations K: a missing or superfluous one does not compile. */
export type Handlers<K extends OpKey, Deps = RouteDeps> = { [P in K]: Handler<P, Deps> };
