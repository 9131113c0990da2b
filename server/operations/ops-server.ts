import { type Server, createServer } from "node:http";
import type { NotReady } from "./readiness.ts";
import { createTimedProbe } from "./timed-probe.ts";

/** How long it is believed that clamd is there, or away, ms. */
const FRESH_MS = 1_000;

export interface OpsParts {
  notReady: () => Promise<readonly NotReady[]>;
  /** False: clamd is away, and no file is taken. It is no reason to send requests elsewhere: it is away there, too. */
  scannable: () => Promise<boolean>;
  /** False: the process cannot recover. */
  alive: () => boolean;
  metrics: { text(): Promise<string>; type: string };
}

/**
 * The endpoints for monitoring: `/healthz`, `/readyz`, `/metrics`. They have their own listener on an internal address.
 * On the public port, all callers behind a proxy would appear local and could not be told apart. This listener also
 * answers when the public one is overloaded.
 */
export function createOpsServer({ notReady, scannable, alive, metrics }: OpsParts): Server {
  const scanner = createTimedProbe(scannable, FRESH_MS);
  return createServer((request, response) => {
    const say = (status: number, type: string, body: string): void => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const answers: Record<string, () => Promise<void> | void> = {
      "/healthz": () => say(alive() ? 200 : 503, "application/json", JSON.stringify({ ok: alive() })),
      async "/readyz"() {
        const [reasons, scanned] = await Promise.all([notReady(), scanner()]);
        const degraded = scanned ? [] : ["scanner"];
        say(reasons.length ? 503 : 200, "application/json", JSON.stringify({ ok: !reasons.length, reasons, degraded }));
      },
      async "/metrics"() {
        say(200, metrics.type, await metrics.text());
      },
    };
    const answer = answers[request.url?.split("?", 1)[0] ?? ""];
    if (!answer || !["GET", "HEAD"].includes(request.method ?? "")) return say(404, "text/plain", "");
    void Promise.resolve(answer()).catch((error: unknown) => say(500, "text/plain", (error as Error).message));
    return undefined;
  });
}
