import { type Input, type OpKey, type Reply, operations } from "../../contract/index.ts";
import { codesOf } from "../../server/core/http/openapi.ts";

/** What came back: the reply of a success, or the error of a refusal, and the status of both. */
export interface Answer<K extends OpKey> {
  status: number;
  /** The reply; throws when it was refused, with the code in the message. */
  ok: Reply<K>;
  /** The error's code, or null. */
  code: string | null;
  body: unknown;
}

export interface Api {
  call<K extends OpKey>(key: K, input?: Input<K> & { key?: string }): Promise<Answer<K>>;
}

/**
 * The document is to announce every refusal that a caller can meet, so each one that a test meets is looked up in it.
 */
function assertAnnounced(operation: OpKey, code: string): void {
  const announced: ReadonlySet<string> = codesOf(operations[operation]);
  if (!["server.failed", "server.not_ready"].includes(code) && !announced.has(code))
    throw new Error(`${operation} refused with ${code}, which its entry in the contract does not announce`);
}

/** A client for tests: it says what it sends and does not retry. The token is asked for at each call. */
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
          // The kind of device that the browser of the tests is, too: nobody is told of another.
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
