import { Agent, request } from "node:http";
import type { FuzzCall } from "./calls.ts";

/** The reply. Null when the connection broke. */
export interface Reply {
  status: number;
  type: string;
  text: string;
}

/** Longer than any call takes on a slow machine, ms. */
const PATIENCE_MS = 20_000;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/**
 * Sends a call unchanged, because `fetch` would correct its faults. Null when the connection breaks. Throws on a
 * timeout.
 */
export function send(base: string, { method, path, headers, body, hangsUp }: FuzzCall): Promise<Reply | null> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const length = body && !hangsUp ? { "content-length": String(body.length) } : {};
    const call = request({ hostname, port, method, path, agent, headers: { ...headers, ...length } });
    const timer = setTimeout(() => {
      call.destroy();
      reject(new Error(`no reply within ${PATIENCE_MS / 1000} s`));
    }, PATIENCE_MS);
    const done = (reply: Reply | null): void => {
      clearTimeout(timer);
      resolve(reply);
    };
    call.on("error", () => done(null));
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => done(null));
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        done({
          status: response.statusCode ?? 0,
          type: response.headers["content-type"] ?? "",
          text: bytes.toString("utf8"),
        });
      });
    });
    if (hangsUp && body) {
      call.write(body.subarray(0, Math.ceil(body.length / 2)), () => call.destroy());
      return;
    }
    call.end(body ?? undefined);
  });
}
