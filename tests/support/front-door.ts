import { type IncomingMessage, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll } from "vitest";

/**
 * A round-robin proxy before several servers, like nginx in docs/operations/runbook.md. Each request and each WebSocket
 * goes to the next server.
 */
export interface FrontDoor {
  base: string;
  /** Sets the servers behind the proxy. */
  serve(bases: readonly string[]): void;
}

/** Opens a proxy for the calling test file. A server that does not answer is skipped, as with `proxy_next_upstream`. */
export async function openFrontDoor(): Promise<FrontDoor> {
  let bases: readonly string[] = [];
  let turn = 0;
  const next = (): URL => new URL(bases[turn++ % bases.length] ?? "http://127.0.0.1:1");
  const headersOf = (asked: IncomingMessage) => ({
    ...asked.headers,
    "x-forwarded-for": asked.socket.remoteAddress ?? "",
  });

  const server = createServer((asked, answered) => {
    const { hostname, port } = next();
    const onward = request(
      { hostname, port, method: asked.method, path: asked.url, headers: headersOf(asked) },
      (reply) => {
        answered.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answered);
      },
    );
    onward.on("error", () => {
      if (answered.headersSent) answered.destroy();
      else answered.writeHead(502).end(`{"error":{"code":"server.failed","message":"","details":{},"requestId":""}}`);
    });
    asked.pipe(onward);
  });
  server.on("upgrade", (asked, stream, head) => {
    const { hostname, port } = next();
    const onward = connect(Number(port), hostname, () => {
      const lines = Object.entries(headersOf(asked)).map(([name, value]) => `${name}: ${String(value)}`);
      onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      stream.pipe(onward).pipe(stream);
    });
    onward.on("error", () => stream.destroy());
    stream.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(list) {
      bases = list;
    },
  };
}
