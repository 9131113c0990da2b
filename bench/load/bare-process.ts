import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A minimal JSON API as the baseline: reads and parses a body, and replies with a text. Argument: its length in bytes.
 */
const reply = { text: "x".repeat(Number(process.argv[2] ?? 0)) };
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const body = JSON.stringify(reply);
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("SIGTERM", () => process.exit(0));
