import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { precompress } from "../../../tools/precompress.ts";
import { rawReply, rawReplyTo } from "../../support/raw-reply.ts";
import { openWorld } from "../../support/world.ts";

const folder = await mkdtemp(join(tmpdir(), "static-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const fronts = { h5: join(folder, "h5"), console: join(folder, "console") };
const SCRIPT = `export const words = ${JSON.stringify(Array.from({ length: 400 }, (_, n) => `第 ${n} 句`))};`;
const PAGE = `<!doctype html><title>手机端</title>${"<p>手机端</p>".repeat(200)}`;
const script = "/js/app.0a1b2c3d4e.js";
await mkdir(join(fronts.h5, "js"), { recursive: true });
await writeFile(join(fronts.h5, "index.html"), PAGE);
await writeFile(join(fronts.h5, script), SCRIPT);
await writeFile(join(fronts.h5, "js/small.0a1b2c3d4e.js"), "1");
await precompress(fronts.h5);
const world = await openWorld({ app: { fronts } });

describe("a file that was compressed at build time", () => {
  it.each([
    ["gzip, deflate, br", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=1, gzip;q=0.2", "br"],
    ["deflate", undefined],
    ["", undefined],
  ])("goes to a caller who takes %j as %s", async (accept, encoding) => {
    const { status, headers, bytes, text } = await rawReplyTo(accept, world.base + script);
    expect([status, text]).toEqual([200, SCRIPT]);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "content-length": String(bytes.length),
      "cache-control": "max-age=31536000,immutable",
      vary: "Accept-Encoding",
    });
  });

  it("is described to HEAD as GET gives it", async () => {
    const get = await rawReplyTo("br", world.base + script);
    const head = await rawReplyTo("br", world.base + script, { method: "HEAD" });
    expect(head.bytes.length).toBe(0);
    for (const name of ["content-length", "content-encoding", "content-type", "etag", "vary"])
      expect(head.headers[name]).toBe(get.headers[name]);
  });

  it("is sent whole to whoever asks for a part: ranges are not served", async () => {
    const { status, headers, text } = await rawReplyTo("br", world.base + script, { headers: { range: "bytes=0-9" } });
    expect([status, headers["content-range"], text]).toEqual([200, undefined, SCRIPT]);
  });

  it("is the page of a route, too", async () => {
    const { headers, text } = await rawReplyTo("br, gzip", `${world.base}/any/route`);
    expect(text).toBe(PAGE);
    expect(headers).toMatchObject({ "content-encoding": "br", "content-type": "text/html; charset=utf-8" });
    expect(headers["content-security-policy"]).toContain("script-src 'self'");
  });

  it("has no other form where that would be no smaller", async () => {
    const { headers, text } = await rawReplyTo("br, gzip", `${world.base}/js/small.0a1b2c3d4e.js`);
    expect([text, headers["content-encoding"]]).toEqual(["1", undefined]);
  });
});

describe("whoever has it already", () => {
  it.each(["/", script, "/api/docs", "/api/openapi.json", "/api/docs/swagger-ui.css"])(
    "is told so for %s, compressed or not, with GET and HEAD",
    async (path) => {
      for (const accept of ["br, gzip", "gzip", ""])
        for (const method of ["GET", "HEAD"]) {
          const { etag = "" } = (await rawReplyTo(accept, world.base + path)).headers;
          const again = await rawReplyTo(accept, world.base + path, { method, headers: { "if-none-match": etag } });
          expect([again.status, again.bytes.length, again.headers["content-length"]]).toEqual([304, 0, undefined]);
          expect(again.headers).toMatchObject({ etag, vary: "Accept-Encoding" });
        }
    },
  );

  it("gets the new one when it has changed, and its encodings are told apart", async () => {
    const etags = await Promise.all(
      ["br", "gzip", ""].map(async (accept) => (await rawReplyTo(accept, `${world.base}/`)).headers.etag),
    );
    expect(new Set(etags).size).toBe(3);
    expect(etags.every((etag) => etag?.startsWith('W/"'))).toBe(true);
    const { status, text } = await rawReply(`${world.base}/`, { headers: { "if-none-match": 'W/"of-yesterday"' } });
    expect([status, text]).toEqual([200, PAGE]);
  });

  it("is believed by the time of its copy alone", async () => {
    const since = (await rawReply(`${world.base}/`)).headers["last-modified"] ?? "";
    const { status } = await rawReply(`${world.base}/`, { headers: { "if-modified-since": since } });
    expect(status).toBe(304);
  });
});

describe("what no build has compressed", () => {
  it.each(["/api/openapi.json", "/api/docs/swagger-ui-bundle.js"])("is compressed on its way: %s", async (path) => {
    const packed = await rawReplyTo("gzip, br", world.base + path);
    const plain = await rawReply(world.base + path);
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(packed.text).toBe(plain.text);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
  });
});
