import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The least that a JSON API could do: reads a body, parses it, says something of the given length. Argument: how many
 * bytes.
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
