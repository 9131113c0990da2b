import { type Server, createServer } from "node:http";
import type { NotReady } from "./readiness.ts";

export interface OpsParts {
  notReady: () => Promise<readonly NotReady[]>;
  metrics: { text(): Promise<string>; type: string };
}

/**
 * What the machines that watch this process ask: `/healthz`, `/readyz`, `/metrics`. A listener of its own, on an
 * address that only they reach: behind a proxy every caller of the public port seems to be local, so that an address
 * could not tell them apart there, and this one still answers when the public one takes no more.
 */
export function createOpsServer({ notReady, metrics }: OpsParts): Server {
  return createServer((request, response) => {
    const say = (status: number, type: string, body: string): void => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const answers: Record<string, () => Promise<void> | void> = {
      "/healthz": () => say(200, "application/json", `{"ok":true}`),
      async "/readyz"() {
        const reasons = await notReady();
        say(reasons.length ? 503 : 200, "application/json", JSON.stringify({ ok: !reasons.length, reasons }));
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
