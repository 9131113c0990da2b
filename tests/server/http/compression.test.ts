import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import Koa, { type Middleware } from "koa";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { isNeverCompressed } from "../../../contract/operation.ts";
import type { FileReply, Handlers } from "../../../server/core/http/handler.ts";
import { compression } from "../../../server/kernel/http/compression.ts";
import { errorMessageOf } from "../../../server/error-table.ts";
import { errors } from "../../../server/kernel/http/errors.ts";
import { createRouter } from "../../../server/core/http/router.ts";
import { community, service } from "../../support/places.ts";
import { rawReplyTo } from "../../support/raw-reply.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps } = world;
const THRESHOLD = 4_096;
const services = Array.from({ length: 40 }, (_, n) => service(`service-${n}`));
await deps.store.communities.save(community("east", { services }));
const catalogue = (accept: string, method = "GET") =>
  rawReplyTo(accept, `${world.base}/api/communities/east/services`, { method });

/** Starts a server that compresses the middleware's replies. Returns its address. */
async function serve(answer: Middleware): Promise<string> {
  const app = new Koa()
    .use(compression())
    .use(errors(pino({ level: "silent" }), errorMessageOf))
    .use(answer);
  const server = createServer(app.callback()).listen(0, "127.0.0.1");
  afterAll(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a server with one operation and this reply. Returns its address. */
const serveOperation = (key: OpKey, reply: unknown): Promise<string> =>
  serve(
    createRouter({ deps, handlers: { [key]: async () => reply } as unknown as Handlers<OpKey>, checkReplies: false }),
  );

/** A JSON text of exactly this many bytes. */
const ofLength = (bytes: number): string => JSON.stringify("x".repeat(bytes - 2));

describe("a long reply", () => {
  it("is compressed for whoever takes gzip, and the same one plain for others", async () => {
    const packed = await catalogue("gzip, deflate, br, zstd");
    const plain = await catalogue("");
    expect(packed.headers).toMatchObject({
      "content-encoding": "gzip",
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      vary: "Accept-Encoding",
    });
    expect(packed.headers["content-length"]).toBeUndefined();
    expect(plain.headers).toMatchObject({ vary: "Accept-Encoding", "content-length": String(plain.bytes.length) });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(packed.text).toBe(plain.text);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });

  it.each([
    ["gzip", "gzip"],
    ["*", "gzip"],
    ["br, gzip;q=0.5", "gzip"],
    ["br", undefined],
    ["identity", undefined],
    ["gzip;q=0", undefined],
    ["", undefined],
  ])("to a caller who takes %j is encoded as %s", async (accept, encoding) => {
    const { headers } = await catalogue(accept);
    expect(headers["content-encoding"]).toBe(encoding);
  });

  it("is described to HEAD without a body", async () => {
    const { status, headers, bytes } = await catalogue("gzip", "HEAD");
    expect([status, headers["content-type"], bytes.length]).toEqual([200, "application/json; charset=utf-8", 0]);
  });

  it("of the API has no validator: nobody keeps it", async () => {
    const { headers } = await catalogue("");
    expect([headers.etag, headers["last-modified"]]).toEqual([undefined, undefined]);
  });
});

describe("a reply that is not compressed", () => {
  it.each([
    ["one byte below the threshold", THRESHOLD - 1, undefined],
    ["at the threshold", THRESHOLD, "gzip"],
  ])("%s", async (_where, bytes, encoding) => {
    const base = await serve((ctx) => {
      ctx.type = "json";
      ctx.body = ofLength(bytes);
    });
    const { headers, text } = await rawReplyTo("gzip", base);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(text).toBe(ofLength(bytes));
  });

  it("is a file, which keeps its length", async () => {
    const rows = Buffer.from("时间,步骤\n".repeat(1_000));
    const file: FileReply = { body: Readable.from([rows]), bytes: rows.length, type: "text/csv; charset=utf-8" };
    const base = await serveOperation("GET /api/calendar/:token", { ...file, name: "台账.csv" });
    const { headers, bytes } = await rawReplyTo("gzip", `${base}/api/calendar/some`);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["content-length"]).toBe(String(rows.length));
    expect(bytes.equals(rows)).toBe(true);
  });

  it("is a stream of events, whatever its type is called", async () => {
    const base = await serve((ctx) => {
      ctx.type = "text/event-stream";
      ctx.body = Readable.from(["data: 1\n\n", `data: ${"x".repeat(THRESHOLD)}\n\n`]);
    });
    const { headers, text } = await rawReplyTo("gzip", base);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(text).toMatch(/^data: 1\n\ndata: x+\n\n$/);
  });

  it.each(["image/jpeg", "application/zip", "font/woff2"])("is %s", async (type) => {
    const base = await serve((ctx) => {
      ctx.type = type;
      ctx.body = Buffer.alloc(2 * THRESHOLD);
    });
    expect((await rawReplyTo("gzip", base)).headers["content-encoding"]).toBeUndefined();
  });

  it("holds a secret, however long it is (BREACH)", async () => {
    const reply = { accessToken: "t".repeat(2 * THRESHOLD) };
    const base = await serveOperation("POST /api/auth/refresh", reply);
    const { status, headers, text } = await rawReplyTo("gzip", `${base}/api/auth/refresh`, {
      ...{ method: "POST", body: JSON.stringify({ refreshToken: "r" }) },
      headers: { "content-type": "application/json" },
    });
    expect([status, headers["content-encoding"]]).toEqual([200, undefined]);
    expect(JSON.parse(text)).toEqual(reply);
  });
});

describe("which operations hold a secret", () => {
  const named = /"\w*(?:token|secret|password|demoCode)\w*":\{|"recoveryCodes":\{[^}]*"type":"array"/i;
  const all = Object.entries(operations) as [OpKey, Operation][];
  const telling = all.filter(([, { reply }]) => {
    if (typeof reply === "string") return false;
    return named.test(JSON.stringify(z.toJSONSchema(reply, { io: "output", unrepresentable: "any" })));
  });

  it("is found by the names of fields", () => {
    expect(telling.length).toBeGreaterThan(9);
  });

  it.each(telling)("%s says so", (_key, operation) => {
    expect(isNeverCompressed(operation)).toBe(true);
  });
});
