import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { knownHosts } from "../../../server/kernel/http/known-hosts.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld({ app: { hosts: knownHosts("127.0.0.1", "https://demo.example.org") } });
const { hostname, port } = new URL(world.base);

const ask = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ hostname, port, path: "/api/communities", headers: { host } }, (reply) =>
      resolve(reply.resume().statusCode),
    )
      .on("error", reject)
      .end();
  });

const shake = (host: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${world.base.replace("http", "ws")}/api/live`, { headers: { host } });
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, reply) => {
      socket.terminate();
      resolve(reply.statusCode);
    });
    socket.on("error", () => undefined);
  });

describe("the demo", () => {
  it.each(["localhost:3000", "LOCALHOST", "127.0.0.1", `[::1]:${port}`, "demo.example.org"])(
    "answers %s",
    async (host) => {
      expect([await ask(host), await shake(host)]).toEqual([200, 101]);
    },
  );

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:3000", "192.168.1.9"])(
    "does not answer %j",
    async (host) => {
      expect([await ask(host), await shake(host)]).toEqual([421, 421]);
    },
  );
});

describe("hosts of a server that listens to others", () => {
  const own = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ family }) => family === "IPv4"),
  );

  it("are this machine's addresses, too, and no others", () => {
    const [wide, narrow] = [knownHosts("0.0.0.0", null), knownHosts("127.0.0.1", null)];
    for (const { address, internal } of own) {
      expect(wide(`${address}:3000`)).toBe(true);
      if (!internal) expect(narrow(`${address}:3000`)).toBe(false);
    }
    for (const host of ["evil.example", "203.0.113.7", "user@localhost", "localhost/x", "", undefined])
      expect(wide(host)).toBe(false);
  });

  it("are the address where it listens", () => {
    expect(knownHosts("192.0.2.4", null)("192.0.2.4:3000")).toBe(true);
    expect(knownHosts("2001:db8::4", null)("[2001:db8::4]:3000")).toBe(true);
  });
});
