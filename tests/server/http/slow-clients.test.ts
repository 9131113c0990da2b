import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { afterAll, expect, it } from "vitest";
import { createHttpServer } from "../../../server/kernel/http/http-server.ts";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A server of little patience, so that this test needs none. */
async function serve(
  listener: RequestListener,
  over: Parameters<typeof createHttpServer>[1],
  crowd?: Parameters<typeof createHttpServer>[2],
): Promise<number> {
  const server = createHttpServer(listener, { check: 20, ...over }, crowd);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const answer: RequestListener = (request, response) => {
  request.resume().on("end", () => response.end("well"));
};

function open(port: number): Socket {
  // A reset counts as closed, too.
  return connect(port, "127.0.0.1").on("error", () => undefined);
}

/** Resolves when the socket is closed. `once` of node:events would reject when it is closed by a reset. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once("close", () => resolve()));

it("headers that come byte by byte are cut off", async () => {
  const socket = open(await serve(answer, { headers: 150, request: 60_000 }));
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n");
  const drip = setInterval(() => socket.write("X-A: b\r\n"), 10);
  let said = "";
  socket.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  await closed(socket);
  clearInterval(drip);
  expect(said).toMatch(/^HTTP\/1\.1 408/);
});

it("a body that comes byte by byte is cut off", async () => {
  const socket = open(await serve(answer, { request: 200, headers: 100 }));
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
  const drip = setInterval(() => socket.write("x"), 10);
  socket.resume();
  await closed(socket);
  clearInterval(drip);
  expect(socket.bytesWritten).toBeLessThan(100_000);
});

it("a reply that is not read is cut off", async () => {
  let broken = false;
  const port = await serve(
    (_request, response) => {
      response.on("close", () => {
        broken = !response.writableFinished;
      });
      // Far more than the kernel's buffers of a local connection hold.
      response.end(Buffer.alloc(64 * 1024 * 1024));
    },
    { idle: 150 },
  );
  const [server] = servers.slice(-1);
  const socket = open(port);
  const accepted = once(server as Server, "connection") as Promise<[Socket]>;
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [theirs] = await accepted;
  await closed(theirs);
  expect(broken).toBe(true);
  socket.destroy();
});

it("a silent connection is cut off", async () => {
  const socket = open(await serve(answer, { idle: 100 }));
  socket.resume();
  await closed(socket);
  expect(socket.bytesRead).toBeLessThan(200);
});

it("a client that sends and reads in time is served meanwhile", async () => {
  const port = await serve(answer, { headers: 1_000, request: 60_000, idle: 60_000 });
  const slow = open(port);
  slow.write("GET / HTTP/1.1\r\n");
  expect(await (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "x".repeat(1_000_000) })).text()).toBe(
    "well",
  );
  slow.resume();
  await closed(slow);
});

it("a client that holds many idle connections gets no more, and shuts nobody else out", async () => {
  const port = await serve(answer, {}, { most: 20, networkOf: (address) => address });
  const opened = Array.from({ length: 50 }, () => open(port).resume());
  const refused = new Set<Socket>();
  for (const socket of opened) socket.once("close", () => refused.add(socket));
  await expect.poll(() => refused.size).toBe(30);
  const other = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.2" });
  other.end("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  let said = "";
  other.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  await closed(other);
  expect(said).toMatch(/^HTTP\/1\.1 200/);
  // Who goes leaves a place.
  const [held] = opened.filter((socket) => !refused.has(socket));
  const left = closed(held!);
  held!.destroy();
  await left;
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.status).toBe(200);
  for (const socket of opened) socket.destroy();
});
