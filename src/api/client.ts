import type { Input, OpKey, Reply, Session } from "../../contract/index.ts";
import { offline, readError } from "./error";
import type { SessionStore, Tokens } from "./session";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One HTTP request. With `filePath` it is a multipart upload of that file instead of a JSON body. */
export interface RawRequest {
  method: Method;
  /** Path and query, with the leading slash. */
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  filePath?: string;
  /** Called with the progress of an upload, 0 to 100. */
  onProgress?: (percent: number) => void;
}
export interface RawReply {
  status: number;
  data: unknown;
}

export interface ClientDeps {
  /** Sends one request. Rejects when no reply came. */
  send(request: RawRequest): Promise<RawReply>;
  session: SessionStore;
  /** A WeChat login code, which needs no input of the person. Null on H5, where there is none. */
  wechatCode(): Promise<string | null>;
}

export interface CallOptions {
  /** Sent as `Idempotency-Key`: once a step is done, the same key and body get the same answer. */
  idempotencyKey?: string;
}

/** The input is optional when the operation requires none. */
type Args<K extends OpKey> =
  Record<never, never> extends Input<K>
    ? [input?: Input<K>, options?: CallOptions]
    : [input: Input<K>, options?: CallOptions];

export interface Client {
  /**
   * Calls an operation of the contract. Logs in or refreshes tokens when necessary, once for all callers. Throws
   * ApiError.
   */
  call<K extends OpKey>(key: K, ...args: Args<K>): Promise<Reply<K>>;
  /** Uploads one photo by its local path. */
  upload(filePath: string, onProgress?: (percent: number) => void): Promise<Reply<"POST /api/uploads">>;
}

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

/** Creates the typed client. All dependencies are passed in, so that tests can replace them. */
export function createClient({ send, session, wechatCode }: ClientDeps): Client {
  let renewing: Promise<Tokens | null> | null = null;

  async function exchange(request: RawRequest, tokens: Tokens | null): Promise<RawReply> {
    const authorization: Record<string, string> = tokens?.accessToken
      ? { Authorization: `Bearer ${tokens.accessToken}` }
      : {};
    try {
      return await send({ ...request, headers: { ...request.headers, ...authorization } });
    } catch {
      throw offline();
    }
  }

  async function openSession(path: string, body: object): Promise<Session | null> {
    const reply = await exchange({ method: "POST", path, headers: {}, body }, null);
    if (reply.status === 401) return null;
    if (reply.status >= 300) throw readError(reply.status, reply.data);
    // The server has validated the reply against the contract.
    return reply.data as Session;
  }

  /**
   * Gets new tokens in place of `stale`. Null when nobody is logged in and no login without input is possible. A login
   * or
   * logout during the call takes precedence over its result.
   */
  async function renew(stale: Tokens | null): Promise<Tokens | null> {
    const current = session.reload().tokens;
    if (current && current.accessToken !== stale?.accessToken) return current;
    if (current) {
      const refreshed = await openSession("/api/auth/refresh", { refreshToken: current.refreshToken });
      const { tokens, me } = session.get();
      if (tokens !== current) return tokens;
      // Another tab has just logged in as another person, whose token is in the cookie now.
      if (refreshed && me && current.refreshToken === undefined && refreshed.user.id !== me.id) {
        session.leave();
        return null;
      }
      if (refreshed) {
        session.renew(refreshed);
        return refreshed;
      }
      session.end();
    }
    const code = await wechatCode().catch(() => null);
    const opened = code === null ? null : await openSession("/api/auth/wechat", { code });
    if (opened && session.get().tokens === null) session.begin(opened);
    return session.get().tokens;
  }

  function renewOnce(stale: Tokens | null): Promise<Tokens | null> {
    renewing ??= renew(stale).finally(() => {
      renewing = null;
    });
    return renewing;
  }

  async function authorized(request: RawRequest): Promise<unknown> {
    const { tokens: stored, me } = session.get();
    const tokens = stored?.accessToken === null ? await renewOnce(stored) : stored;
    let reply = await exchange(request, tokens);
    if (reply.status === 401 && !request.path.startsWith("/api/auth/otp")) {
      const renewed = await renewOnce(tokens);
      // The call is not repeated when another person has logged in since.
      const isSame = me === null || me.id === session.get().me?.id;
      if (renewed && isSame) reply = await exchange(request, renewed);
    }
    if (reply.status >= 200 && reply.status < 300) return reply.data;
    throw readError(reply.status, reply.data);
  }

  return {
    async call<K extends OpKey>(key: K, ...[input, options]: Args<K>): Promise<Reply<K>> {
      const request = build(key, input ?? {});
      if (options?.idempotencyKey) request.headers["Idempotency-Key"] = options.idempotencyKey;
      return (await authorized(request)) as Reply<K>;
    },
    async upload(filePath, onProgress) {
      const reply = await authorized({ method: "POST", path: "/api/uploads", headers: {}, filePath, onProgress });
      return reply as Reply<"POST /api/uploads">;
    },
  };
}

/** Builds a request from an operation's key and input. Absent query values are left out. */
export function build(key: OpKey, { params = {}, query = {}, body }: Parts): RawRequest {
  const space = key.indexOf(" ");
  const method = key.slice(0, space) as Method;
  const path = key.slice(space + 1).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
  return {
    method,
    path: search === "" ? path : `${path}?${search}`,
    headers: {},
    body: method === "GET" ? undefined : (body ?? {}),
  };
}
