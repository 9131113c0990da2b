import type { Input, OpKey, Reply, Session } from "../../contract/index.ts";
import { offline, readError } from "./error";
import type { SessionStore, Tokens } from "./session";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One exchange with the server. `filePath`: a multipart upload of that file instead of a JSON body. */
export interface RawRequest {
  method: Method;
  /** Path and query, from the slash on. */
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  filePath?: string;
  /** Hears how much of the file has gone, 0 to 100. */
  onProgress?: (percent: number) => void;
}
export interface RawReply {
  status: number;
  data: unknown;
}

export interface ClientDeps {
  /** Sends one request; rejects when no answer came. */
  send(request: RawRequest): Promise<RawReply>;
  session: SessionStore;
  /** A code for a login without asking; null where there is none (H5). */
  wechatCode(): Promise<string | null>;
}

export interface CallOptions {
  /** Sent as `Idempotency-Key`: the same key and body sent again get the same answer, once done. */
  idempotencyKey?: string;
}

/** The input may be left out when an operation needs none. */
type Args<K extends OpKey> =
  Record<never, never> extends Input<K>
    ? [input?: Input<K>, options?: CallOptions]
    : [input: Input<K>, options?: CallOptions];

export interface Client {
  /** Calls an operation of the contract. Throws ApiError. Logs in or refreshes by itself, once for all callers. */
  call<K extends OpKey>(key: K, ...args: Args<K>): Promise<Reply<K>>;
  /** Uploads one photo by its path on this device. */
  upload(filePath: string, onProgress?: (percent: number) => void): Promise<Reply<"POST /api/uploads">>;
}

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

/** The typed client; everything it touches is passed in, so that it runs in a test as it runs in the app. */
export function createClient({ send, session, wechatCode }: ClientDeps): Client {
  let renewing: Promise<Tokens | null> | null = null;

  async function exchange(request: RawRequest, tokens: Tokens | null): Promise<RawReply> {
    const authorization = tokens && { Authorization: `Bearer ${tokens.accessToken}` };
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
    // The server checks its replies against the contract before it sends them.
    return reply.data as Session;
  }

  /**
   * New tokens in place of `stale`; null when nobody is logged in and nobody can be without asking. Who logs in or
   * out meanwhile has the last word.
   */
  async function renew(stale: Tokens | null): Promise<Tokens | null> {
    const current = session.reload().tokens;
    if (current && current.accessToken !== stale?.accessToken) return current;
    if (current) {
      const refreshed = await openSession("/api/auth/refresh", { refreshToken: current.refreshToken });
      if (session.get().tokens !== current) return session.get().tokens;
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

  async function authorized(request: RawRequest): Promise<unknown> {
    const { tokens, me } = session.get();
    let reply = await exchange(request, tokens);
    if (reply.status === 401 && !request.path.startsWith("/api/auth/otp")) {
      renewing ??= renew(tokens).finally(() => {
        renewing = null;
      });
      const renewed = await renewing;
      // What one person asks for is not done in the name of another who has logged in since.
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

/** The key says method and path; parameters go into their places, an absent query part is left out. */
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
