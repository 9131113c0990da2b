import type { Input, OpKey, Operations, Reply, Session } from "../../contract/index.ts";
import { ApiError, errorOf, loginEnded, networkFailed } from "./error.ts";
import { type SessionStore, type Tokens, newLogin } from "./session-store.ts";
import { urlOf } from "./url.ts";

/** The client's dependencies; tests pass fakes. */
export interface ClientDeps {
  fetch: typeof fetch;
  store: SessionStore;
  /** Asks the person for the password again. Resolves with false when they did not give it. */
  confirmPerson: () => Promise<boolean>;
  /** Longest wait for a reply, ms. */
  timeout: number;
}

/**
 * Options of one call. `signal` aborts it. `idempotencyKey` is the same for a retry of the same step, so that the
 * server takes the step once.
 */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  idempotencyKey?: string | undefined;
}

type Args<K extends OpKey> =
  Record<never, never> extends Input<K>
    ? [input?: Input<K>, options?: CallOptions]
    : [input: Input<K>, options?: CallOptions];

/** Calls an operation. Throws {@link ApiError}; an aborted call throws the browser's AbortError. */
export type Call = <K extends OpKey>(key: K, ...args: Args<K>) => Promise<Reply<K>>;

/**
 * Calls a read operation. Unlike {@link Call}, the input is always required, so that generic code can pass it through.
 */
export type Read = <K extends ReadKey>(key: K, input: Input<K>, options?: CallOptions) => Promise<Reply<K>>;
export type ReadKey = Extract<OpKey, `GET ${string}`>;

/** Fetches the file of an operation as one Blob. */
export type FetchFile = <K extends FileKey>(key: K, input: Input<K>) => Promise<Blob>;
type FileKey = { [K in OpKey]: Operations[K]["reply"] extends "file" ? K : never }[OpKey];

/** Sends a file as the only part of a multipart form. */
export type SendFile = <K extends UploadKey>(key: K, input: Input<K>, file: Blob) => Promise<Reply<K>>;
type UploadKey = { [K in OpKey]: Operations[K] extends { upload: true } ? K : never }[OpKey];

/** The timeout of file transfers, ms: files may be large and the connection slow. */
const FILE_TIMEOUT_MS = 10 * 60_000;

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

const logins: readonly OpKey[] = [
  "POST /api/auth/password",
  "POST /api/auth/second-factor",
  "POST /api/auth/second-factor/confirm",
];

/** True for the operations of a login. A 401 of theirs means wrong credentials, so the token is not refreshed. */
const isLogin = (key: OpKey): boolean => logins.includes(key);

/** The operations that the login page uses. */
const withoutLogin: readonly OpKey[] = [...logins, "GET /api/demo/accounts"];

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

/**
 * Creates the client; all network calls of the console go through it. Calls whose token has expired share one refresh.
 */
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
    accessToken: string | null,
    timeout = deps.timeout,
  ): Promise<Response> {
    const { method, url } = urlOf(key, parts.params, parts.query);
    // The server stores with each login which front end it came from.
    const headers: Record<string, string> = { accept: "application/json", "x-front": "console" };
    if (accessToken) headers["authorization"] = `Bearer ${accessToken}`;
    if (options.idempotencyKey) headers["idempotency-key"] = options.idempotencyKey;
    const hasBody = method !== "GET" && parts.body !== undefined;
    // The browser sets the content type of a form, because it contains the boundary.
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

  /**
   * Gets a new access token, once for all calls. Returns true when the login whose access token was refused has a
   * newer one.
   */
  async function refreshed(refused: Tokens): Promise<boolean> {
    refreshing ??= refresh(refused).finally(() => {
      refreshing = null;
    });
    await refreshing;
    return ofLogin(refused) && deps.store.read()?.accessToken !== refused.accessToken;
  }

  async function refresh(refused: Tokens): Promise<void> {
    const tokens = deps.store.read();
    // The user has logged out, or another call has fetched a new token meanwhile.
    if (!tokens || tokens.accessToken !== refused.accessToken) return;
    const { refreshToken, login, userId } = tokens;
    const response = await send("POST /api/auth/refresh", { body: { refreshToken } }, {}, null);
    if (response.ok) {
      const renewed = newLogin((await response.json()) as Session);
      // Another tab may have logged in as another person, whose token is in the cookie then. That is another login.
      const isSame = userId === null || userId === renewed.userId;
      if (ofLogin(tokens)) deps.store.write(isSame ? { ...renewed, login } : renewed);
      return;
    }
    const error = await errorOf(response);
    // Only a 401 ends the login. A server that is briefly unreachable must not log everybody out.
    if (error.status !== 401) throw error;
    if (ofLogin(tokens)) deps.store.end("ended");
  }

  /**
   * Applies `take` to the reply. Throws {@link loginEnded} when the login has ended or changed since the call was made.
   */
  async function reply<T>(
    key: OpKey,
    parts: Parts,
    take: (response: Response) => Promise<T>,
    options: CallOptions,
    timeout?: number,
  ): Promise<T> {
    let mine = isLogin(key) ? null : deps.store.read();
    // Pages that wait behind the login page for their person ask nothing meanwhile.
    if (!mine && deps.store.hasEnded() && !withoutLogin.includes(key)) throw loginEnded();
    if (mine?.accessToken === null) {
      if (!(await refreshed(mine))) throw loginEnded();
      mine = deps.store.read();
    }
    let response = await send(key, parts, options, mine?.accessToken ?? null, timeout);
    if (response.status === 401 && mine?.accessToken && (await refreshed(mine))) {
      response = await send(key, parts, options, deps.store.read()?.accessToken ?? null, timeout);
    }
    if (!response.ok) {
      const error = await errorOf(response);
      const isProtected = error.code === "auth.reauthentication_required";
      if (isProtected && mine && (await deps.confirmPerson()) && ofLogin(mine))
        response = await send(key, parts, options, deps.store.read()?.accessToken ?? null, timeout);
      else throw error;
      if (!response.ok) throw await errorOf(response);
    }
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
