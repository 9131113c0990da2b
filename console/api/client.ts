import type { Input, OpKey, Operations, Reply, Session } from "../../contract/index.ts";
import { ApiError, errorOf, loginEnded, networkFailed } from "./error.ts";
import type { SessionStore, Tokens } from "./session-store.ts";
import { urlOf } from "./url.ts";

/** What the client needs from its surroundings; tests pass their own. */
export interface ClientDeps {
  fetch: typeof fetch;
  store: SessionStore;
  /** Runs one task at a time among all tabs, so that two tabs do not spend one refresh token. */
  lock: <T>(task: () => Promise<T>) => Promise<T>;
  /** Longest wait for a reply, ms. */
  timeout: number;
}

/**
 * Of one call: `signal` ends it early; `idempotencyKey` names the user's intent, so that a retry is not a second
 * step.
 */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  idempotencyKey?: string | undefined;
}

type Args<K extends OpKey> =
  Record<never, never> extends Input<K>
    ? [input?: Input<K>, options?: CallOptions]
    : [input: Input<K>, options?: CallOptions];

/** Calls an operation. Throws {@link ApiError}; an ended call throws the browser's AbortError. */
export type Call = <K extends OpKey>(key: K, ...args: Args<K>) => Promise<Reply<K>>;

/**
 * Reads: as {@link Call}, with the input always given, so that it can be passed through by what knows no particular
 * operation.
 */
export type Read = <K extends ReadKey>(key: K, input: Input<K>, options?: CallOptions) => Promise<Reply<K>>;
export type ReadKey = Extract<OpKey, `GET ${string}`>;

/** Fetches the file of an operation, whole. */
export type FetchFile = <K extends FileKey>(key: K, input: Input<K>) => Promise<Blob>;
type FileKey = Extract<OpKey, `GET ${string}/file`>;

/** Sends a file as the one part of a form. */
export type SendFile = <K extends UploadKey>(key: K, input: Input<K>, file: Blob) => Promise<Reply<K>>;
type UploadKey = { [K in OpKey]: Operations[K] extends { upload: true } ? K : never }[OpKey];

/** A file may be large and the line slow, ms. */
const FILE_TIMEOUT_MS = 10 * 60_000;

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** These take part in a login itself: a 401 of theirs is an answer and no reason to refresh. */
const isLogin = (key: string): boolean => key.startsWith("POST /api/auth/") && key !== "POST /api/auth/logout";

const readJson = async (response: Response): Promise<unknown> => {
  if (response.status === 204) return undefined;
  return response.json().catch(() => {
    throw new ApiError("reply.unreadable", networkFailed().message, { status: response.status });
  });
};

const readFile = (response: Response): Promise<Blob> =>
  response.blob().catch(() => {
    throw networkFailed();
  });

/** The only caller of the network. One refresh is shared by every call that finds its token ended. */
export function createClient(deps: ClientDeps): {
  call: Call;
  read: Read;
  fetchFile: FetchFile;
  sendFile: SendFile;
} {
  let refreshing: Promise<void> | null = null;

  async function send(
    key: string,
    parts: Parts,
    options: CallOptions,
    accessToken: string | undefined,
    timeout = deps.timeout,
  ): Promise<Response> {
    const { method, url } = urlOf(key, parts.params, parts.query);
    // Beside a login is kept where it is from.
    const headers: Record<string, string> = { accept: "application/json", "x-front": "console" };
    if (accessToken) headers["authorization"] = `Bearer ${accessToken}`;
    if (options.idempotencyKey) headers["idempotency-key"] = options.idempotencyKey;
    const hasBody = method !== "GET" && parts.body !== undefined;
    // A form's own type has the boundary in it: the browser writes it.
    const form = parts.body instanceof FormData ? parts.body : null;
    if (hasBody && !form) headers["content-type"] = "application/json";
    const limit = AbortSignal.timeout(timeout);
    try {
      return await deps.fetch(url, {
        method,
        headers,
        cache: "no-store",
        signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
        ...(hasBody ? { body: form ?? JSON.stringify(parts.body) } : {}),
      });
    } catch (cause) {
      if (options.signal?.aborted) throw cause;
      throw networkFailed();
    }
  }

  const ofLogin = ({ login }: Tokens): boolean => deps.store.read()?.login === login;

  /** True when the login whose access token was refused has a newer one. */
  async function refreshed(refused: Tokens): Promise<boolean> {
    refreshing ??= deps
      .lock(() => refresh(refused))
      .finally(() => {
        refreshing = null;
      });
    await refreshing;
    return ofLogin(refused) && deps.store.read()?.accessToken !== refused.accessToken;
  }

  async function refresh(refused: Tokens): Promise<void> {
    const tokens = deps.store.read();
    // Logged out, or another tab or a call before this one has fetched new tokens meanwhile.
    if (tokens?.accessToken !== refused.accessToken) return;
    const { refreshToken, login } = tokens;
    const response = await send("POST /api/auth/refresh", { body: { refreshToken } }, {}, undefined);
    if (response.ok) {
      const renewed = (await response.json()) as Session;
      if (ofLogin(tokens)) {
        deps.store.write({ accessToken: renewed.accessToken, refreshToken: renewed.refreshToken, login });
      }
      return;
    }
    const error = await errorOf(response);
    // Only a clear no ends the login: a server that is away for a minute must not throw everybody out.
    if (error.status !== 401) throw error;
    if (ofLogin(tokens)) deps.store.write(null);
  }

  /**
   * What `take` makes of the reply. A call and its answer are of one login: what comes after its end, or in another,
   * does not count.
   */
  async function reply<T>(
    key: OpKey,
    parts: Parts,
    take: (response: Response) => Promise<T>,
    options: CallOptions,
    timeout?: number,
  ): Promise<T> {
    const mine = isLogin(key) ? null : deps.store.read();
    let response = await send(key, parts, options, mine?.accessToken, timeout);
    if (response.status === 401 && mine && (await refreshed(mine))) {
      response = await send(key, parts, options, deps.store.read()?.accessToken, timeout);
    }
    if (!response.ok) throw await errorOf(response);
    const taken = await take(response);
    if (mine && !ofLogin(mine)) throw loginEnded();
    return taken;
  }

  const run = (key: OpKey, parts: Parts = {}, options: CallOptions = {}): Promise<unknown> =>
    reply(key, parts, readJson, options);

  const fetchFile: FetchFile = (key, input) => reply(key, input, readFile, {}, FILE_TIMEOUT_MS);

  const sendFile = (key: OpKey, input: Parts, file: Blob): Promise<unknown> => {
    const body = new FormData();
    body.append("file", file);
    return run(key, { ...input, body });
  };

  return { call: run as Call, read: run as Read, fetchFile, sendFile: sendFile as SendFile };
}
