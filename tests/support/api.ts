import { type Input, type OpKey, type Reply, operations } from "../../contract/index.ts";
import { codesOf } from "../../server/core/http/openapi.ts";

/** The answer of a call: status, and the reply of a success or the error of a refusal. */
export interface Answer<K extends OpKey> {
  status: number;
  /** The reply. Throws for a refusal, with the code in the message. */
  ok: Reply<K>;
  /** The error's code, or null. */
  code: string | null;
  body: unknown;
}

export interface Api {
  call<K extends OpKey>(key: K, input?: Input<K> & { key?: string }): Promise<Answer<K>>;
}

/**
 * Throws when the contract does not announce the code for the operation, because the API document must list every
 * refusal
 * that a caller can get.
 */
function assertAnnounced(operation: OpKey, code: string): void {
  const announced: ReadonlySet<string> = codesOf(operations[operation]);
  if (!["server.failed", "server.not_ready"].includes(code) && !announced.has(code))
    throw new Error(`${operation} refused with ${code}, which its entry in the contract does not announce`);
}

/** An API client for tests. It does not retry. `accessToken` is called for each request. */
export function apiClient(base: string, accessToken: (() => string) | null): Api {
  return {
    async call<K extends OpKey>(operation: K, input?: Input<K> & { key?: string }): Promise<Answer<K>> {
      const {
        params = {},
        query = {},
        body,
        key,
      } = (input ?? {}) as {
        params?: Record<string, string>;
        query?: Record<string, string | number | undefined>;
        body?: unknown;
        key?: string;
      };
      const [method, template] = operation.split(" ") as [string, string];
      const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
      const search = new URLSearchParams(
        Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]])),
      );
      const response = await fetch(`${base}${path}?${search}`, {
        method,
        headers: {
          // The same kind of device as the browser of the tests, so that no notice of a login on a new device is sent.
          "user-agent": "HeadlessChrome/126.0 (X11; Linux x86_64)",
          ...(accessToken ? { authorization: `Bearer ${accessToken()}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(key ? { "idempotency-key": key } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = text ? (JSON.parse(text) as unknown) : undefined;
      const code = response.ok ? null : (json as { error: { code: string } }).error.code;
      if (code !== null) assertAnnounced(operation, code);
      return {
        status: response.status,
        code,
        body: json,
        get ok(): Reply<K> {
          if (code !== null) throw new Error(`${operation} was refused: ${code} ${text}`);
          return json as Reply<K>;
        },
      };
    },
  };
}
