import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const lines: string[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
const log = pino({ level: "info" }, stream);
const production = await openWorld({ log, app: { logRequests: true } });
const development = await openWorld({ log, app: { logRequests: false } });

it("each request is a line in production, without the query; in development there is none", async () => {
  lines.length = 0;
  await fetch(`${production.base}/healthz?phone=13912345678`);
  await fetch(`${production.base}/api/residents?tier=confirmed`, { headers: { authorization: "Bearer a-secret" } });
  await fetch(`${development.base}/healthz`);
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === "request");
  expect(told).toMatchObject([
    { method: "GET", route: "/healthz", status: 200 },
    { method: "GET", route: "/api/residents", status: 401 },
  ]);
  expect(lines.join("")).not.toMatch(/13912345678|a-secret|confirmed/);
});

it("a line names the user by id and the network, and has no full address, phone, token or name in it", async () => {
  const proxied = await openWorld({ log, app: { logRequests: true, behindProxy: true } });
  const phone = "13712345678";
  const guest = { "content-type": "application/json", "x-forwarded-for": "203.0.113.77", "x-front": "console" };
  const here = { ...guest, "x-forwarded-for": "127.0.0.1" };
  const post = (path: string, body: object, headers: Record<string, string> = guest) =>
    fetch(`${proxied.base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const { demoCode } = (await (await post("/api/auth/otp", { phone }, here)).json()) as { demoCode: string };
  const login = await post("/api/auth/otp/verify", { phone, code: demoCode });
  const { accessToken, user } = (await login.json()) as { accessToken: string; user: { id: string } };
  const cookie = login.headers.getSetCookie()[0]!.split(";")[0]!;
  lines.length = 0;
  const six = { ...guest, "x-forwarded-for": "2001:db8:1:2:3:4:5:6", cookie };
  await post("/api/auth/refresh", { phone }, six);
  await fetch(`${proxied.base}/api/me?phone=${phone}`, {
    headers: { ...guest, authorization: `Bearer ${accessToken}` },
  });
  await fetch(`${proxied.base}/${phone}/${accessToken.slice(0, 40)}`, { headers: guest });
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === "request");
  expect(told).toMatchObject([
    { route: "/api/auth/refresh", status: 200, user: null, from: "2001:db8:1:*" },
    { route: "/api/me", status: 200, user: user.id, from: "203.0.113.*" },
    { status: 404, user: null, from: "203.0.113.*" },
  ]);
  const all = lines.join("");
  for (const secret of ["203.0.113.77", "db8:1:2", phone, accessToken, cookie.split("=")[1]!])
    expect(all).not.toContain(secret);
});
