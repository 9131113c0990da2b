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

it("in production each request is a line, without what was asked for in it; in development none", async () => {
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
