import { request } from "node:http";
import { connect } from "node:net";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const lines: { msg: string; route?: string; level: number }[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line) as never) });
const anchors = createMemoryAnchors();
const world = await openWorld({ log, anchors, app: { logRequests: true } });
const { deps, clock, relay } = world;
const resident = await world.resident();
const mine = await world.as(resident);
const token = deps.tokens.issueAccess(resident.id, "f".repeat(24), clock.now());
const handler = await world.as(await world.cadre());

describe("words", () => {
  it.each([
    ["characters beyond the plane", "𠮷家𡈽𪚥的灯"],
    ["signs made of many", "👩‍👩‍👧‍👦 在 e\u0301 家"],
    ["marks of direction", "\u202E倒过来\u202C 的门牌"],
    ["words of queries", '{"$gt":""} __proto__ $where'],
  ])("of %s are kept as they are, in the request, in talk and in the log", async (_what, description) => {
    const { id } = (await mine.call("POST /api/requests", { body: submission({ description }) })).ok;
    await handler.call("POST /api/requests/:id/claim", { params: { id } });
    await mine.call("POST /api/requests/:id/message", { params: { id }, body: { text: description } });
    await relay.drain();
    const read = (await mine.call("GET /api/requests/:id", { params: { id } })).ok;
    expect([read.description, read.title, read.messages[0]?.text]).toEqual([description, description, description]);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("with half a character have U+FFFD in its place, in the answer and in the database alike", async () => {
    const body = submission({ title: "半\uD83D个", description: "半\uDC00个字" });
    const filed = (await mine.call("POST /api/requests", { body })).ok;
    expect([filed.title, filed.description]).toEqual(["半\uFFFD个", "半\uFFFD个字"]);
    const read = (await mine.call("GET /api/requests/:id", { params: { id: filed.id } })).ok;
    expect([read.title, read.description]).toEqual([filed.title, filed.description]);
    await relay.drain();
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });
});

describe("a target", () => {
  it.each(["http://[", "http://%E0%A4%A@x/"])(
    "without a path, as %s, is refused, and no fault of ours",
    async (path) => {
      lines.length = 0;
      const { hostname, port } = new URL(world.base);
      const status = await new Promise((resolve) => {
        request({ hostname, port, path }, (reply) => resolve(reply.resume().statusCode)).end();
      });
      expect(status).toBe(400);
      expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    },
  );
});

describe("a long target", () => {
  it.each([
    ["of a page", "/"],
    ["of a file", "/js/"],
    ["of the API", "/api/requests/"],
    ["of a query", "/api/communities?q="],
    ["of what WeChat pushes", "/api/wechat/push?nonce="],
  ])("%s is refused before anything is matched against it", async (_what, path) => {
    for (const sign of ["-", "/", "-/", "%20"]) {
      const answer = await fetch(`${world.base}${path}${sign.repeat(Math.floor(15_400 / sign.length))}`);
      expect(answer.status).toBe(414);
      expect((await answer.json()) as unknown).toMatchObject({ error: { code: "input.target_too_long", details: {} } });
    }
  });

  it("leaves room for what our pages ask", async () => {
    expect((await fetch(`${world.base}/api/communities?q=${"a".repeat(4_000)}`)).status).not.toBe(414);
  });
});

describe("a body", () => {
  const post = (path: string, body: string, more: Record<string, string> = {}) =>
    fetch(`${world.base}${path}`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...more },
    });

  it.each([
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "text/plain, application/json",
  ])("as %s, which a page elsewhere may send without asking, is refused", async (type) => {
    const answer = await post("/api/requests", JSON.stringify(submission()), { "content-type": type });
    expect(answer.status).toBe(415);
    expect((await answer.json()) as unknown).toMatchObject({ error: { code: "input.type_unsupported" } });
  });

  it("is JSON with parameters, in any case, too", async () => {
    const type = { "content-type": "Application/JSON ;charset=utf-8" };
    expect((await post("/api/requests", JSON.stringify(submission()), type)).status).toBe(201);
  });

  it("with something nested deeper than can be walked is refused, with a key and with escapes, too", async () => {
    const deep = `{"deep":${"[".repeat(50_000)}${"]".repeat(50_000)},${JSON.stringify(submission()).slice(1)}`;
    for (const body of [deep, `{"half":"\\ud800",${deep.slice(1)}`]) {
      const answer = await post("/api/requests", body, { "idempotency-key": "deep-deep-deep" });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  /** Sends the beginning of a longer body and closes the connection. */
  const breakOff = (path: string, type: string, begin: string): Promise<void> =>
    new Promise((resolve) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": type, "content-length": "5000" };
      const call = request(`${world.base}${path}`, { method: "POST", headers });
      call.on("error", () => resolve());
      call.write(begin, () => call.destroy());
    });

  it.each([
    ["of words", "/api/requests", "application/json", '{"communityId":"ea'],
    [
      "with a photo",
      "/api/uploads",
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
    ],
  ])("%s that breaks off is over, and no fault of ours", async (_what, path, type, begin) => {
    lines.length = 0;
    await breakOff(path, type, begin);
    // The line of the access log is written at the end of the call.
    await expect.poll(() => lines.map(({ route }) => route)).toContain(path);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  it.each([
    ["in the middle of a file", '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'],
    ["in the middle of a head", "--x\r\nContent-Disposition: form-data; na"],
    ["before it begins", "--x"],
  ])("that is a form and ends %s is refused, and the server goes on", async (_what, form) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "multipart/form-data; boundary=x" };
    const answer = await fetch(`${world.base}/api/uploads`, { method: "POST", body: form, headers });
    expect(answer.status).toBe(422);
    expect((await fetch(`${world.base}/readyz`)).status).toBe(200);
  });

  it("that WeChat would not send is refused before its end, however its length is told", async () => {
    const chunk = "x".repeat(64 * 1024);
    const status = await new Promise((resolve) => {
      const call = request(`${world.base}/api/wechat/push`, { method: "POST" }, ({ statusCode }) => {
        resolve(statusCode);
        call.destroy();
      });
      const more = (): void => {
        if (!call.destroyed) call.write(chunk, more);
      };
      call.on("error", () => resolve(400));
      more();
    });
    expect(status).toBe(400);
  });

  it("that is too large leaves its connection to the next request, however its length is told", async () => {
    const head = "POST /api/auth/otp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const large = "x".repeat(600_000);
    for (const rest of [
      `Content-Length: ${large.length}\r\n\r\n${large}`,
      `Transfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`,
    ]) {
      const socket = connect(Number(new URL(world.base).port), "127.0.0.1");
      let said = "";
      socket.on("data", (bytes: Buffer) => {
        said += bytes.toString();
      });
      socket.write(`${head}${rest}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
      await expect.poll(() => said.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
      socket.destroy();
    }
  });
});
