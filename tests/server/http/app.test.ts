import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../server/app.ts";
import { submission } from "../../support/requests.ts";
import { createReadiness } from "../../../server/operations/readiness.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${world.base}${path}`, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
const errorOf = async (response: Response) =>
  (
    (await response.json()) as {
      error: { code: string; message: string; requestId: string; details: { issues?: { field: string }[] } };
    }
  ).error;

describe("a bad call gets the envelope", () => {
  it.each([
    ["no JSON", "/api/auth/otp", "{oops", 400, "input.not_json"],
    ["a wrong field", "/api/auth/otp", '{"phone":"12"}', 422, "input.invalid"],
    ["an operator in place of a string", "/api/auth/otp", '{"phone":{"$gt":""}}', 422, "input.invalid"],
    ["a body that is too large", "/api/auth/otp", `{"phone":"${"1".repeat(300_000)}"}`, 413, "input.too_large"],
    ["an address that is not there", "/api/nowhere", "{}", 404, "route.unknown"],
    ["no login", "/api/requests", JSON.stringify(submission()), 401, "auth.required"],
  ])("%s", async (_what, path, body, status, code) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    const error = await errorOf(response);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/。$/);
    expect(error.requestId).toBe(response.headers.get("x-request-id"));
  });

  it("names the fields at fault", async () => {
    const error = await errorOf(await post("/api/auth/otp/verify", '{"phone":"12","code":"abc"}'));
    expect(error.details.issues?.map(({ field }) => field)).toEqual(["phone", "code"]);
  });

  it.each([
    ["nothing where a text is needed", { description: undefined }, "description 没有填写"],
    ["blank words", { description: "  " }, "description 没有填写"],
    ["too many words", { description: "长".repeat(1001) }, "description 最多 1000 个字"],
    ["another kind of thing", { description: 7 }, "description 应为文字"],
    ["too many photos", { fileIds: Array.from({ length: 10 }, () => "0".repeat(24)) }, "fileIds 最多 9 项"],
  ])("says in Chinese what is wrong with %s", async (_what, over, words) => {
    const api = await world.as(await world.resident());
    const { status, body: reply } = await api.call("POST /api/requests", { body: submission(over as never) });
    expect(status).toBe(422);
    expect((reply as { error: { message: string } }).error.message).toBe(`填写的内容有误：${words}。请改正后再提交。`);
  });

  it.each(["garbage", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])("a token that is none: %s", async (token) => {
    const response = await fetch(`${world.base}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
    expect((await errorOf(response)).code).toBe("auth.session_ended");
  });

  it.each(["abc", "W10", "WzEsMiwzXQ"])("a cursor that is none: %s", async (cursor) => {
    const api = await world.as(await world.resident());
    expect(await api.call("GET /api/requests", { query: { cursor } })).toMatchObject({
      status: 400,
      code: "cursor.invalid",
    });
  });

  it.each(['[{"toString":1},1]', '["east",{"valueOf":1,"toString":1}]', '["east",null]'])(
    "a cursor of the log that was made by hand: %s",
    async (values) => {
      const cursor = Buffer.from(values).toString("base64url");
      for (const communityIds of [["east"], ["east", "west"]]) {
        const api = await world.as(await world.staff("supervisor", communityIds));
        const refused = await api.call("GET /api/log", { query: { cursor } });
        expect([refused.status, refused.code]).toEqual([400, "cursor.invalid"]);
      }
    },
  );

  it("a cursor with an id that is none", async () => {
    const api = await world.as(await world.resident());
    const cursor = Buffer.from('[1,"x"]').toString("base64url");
    expect(await api.call("GET /api/requests", { query: { cursor } })).toMatchObject({
      status: 400,
      code: "cursor.invalid",
    });
  });
});

describe("lists", () => {
  it("are paged by cursor: every request once, newest first", async () => {
    const api = await world.as(await world.resident());
    const filed: string[] = [];
    for (let n = 0; n < 7; n++) {
      filed.unshift((await api.call("POST /api/requests", { body: submission() })).ok.id);
      if (n % 2) world.clock.pass(1);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await api.call("GET /api/requests", { query: { limit: 3, cursor } })).ok;
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(filed.toSorted());
    expect(seen[0] === filed[0] || seen[1] === filed[0]).toBe(true);
  });

  it("find a request by its number as people type it", async () => {
    const api = await world.as(await world.resident());
    const filed = (await api.call("POST /api/requests", { body: submission() })).ok;
    const typed = filed.requestNo.toLowerCase().replaceAll("-", " ");
    const clerk = await world.as(await world.staff("committee"));
    expect(
      (await clerk.call("GET /api/requests", { query: { requestNo: typed } })).ok.items.map(({ id }) => id),
    ).toEqual([filed.id]);
    expect((await clerk.call("GET /api/requests", { query: { requestNo: "0000-0000-1" } })).ok.items).toEqual([]);
  });

  it("of a community are refused to those who are not its staff", async () => {
    const resident = await world.as(await world.resident());
    expect(await resident.call("GET /api/requests", { query: { scope: "community" } })).toMatchObject({
      code: "auth.forbidden",
    });
    const clerk = await world.as(await world.staff("committee"));
    expect(await clerk.call("GET /api/requests", { query: { communityId: "west" } })).toMatchObject({
      code: "auth.forbidden",
    });
    expect(await clerk.call("GET /api/log", { query: { communityId: "west" } })).toMatchObject({
      code: "auth.forbidden",
    });
    expect(await resident.call("GET /api/log")).toMatchObject({ status: 403, code: "auth.forbidden" });
  });
});

describe("the service log", () => {
  it("is filtered by request, cadre, service, type and time", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.cadre();
    const desk = await world.as(await world.staff("committee"));
    const { id } = (await mine.call("POST /api/requests", { body: submission({ serviceCode: "leak" }) })).ok;
    world.clock.pass(10);
    const claimedAt = world.clock.now().toISOString();
    await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } });
    await world.relay.drain();
    const types = async (query: Record<string, string>) =>
      (await desk.call("GET /api/log", { query: { limit: 100, ...query } })).ok.items.map((row) => row.type);
    expect(await types({ requestId: id })).toEqual(["request.submitted", "request.claimed"]);
    expect(await types({ cadreId: cadre.id })).toEqual(["request.claimed"]);
    expect(await types({ serviceCode: "leak" })).toEqual(["request.submitted", "request.claimed"]);
    expect(await types({ requestId: id, type: "request.claimed" })).toEqual(["request.claimed"]);
    expect(await types({ requestId: id, from: claimedAt })).toEqual(["request.claimed"]);
    expect(await types({ requestId: id, to: claimedAt })).toEqual(["request.submitted"]);
  });

  it("counts 1, 2, 3 … in each community, and pages in both orders", async () => {
    await world.relay.drain();
    const desk = await world.as(await world.staff("committee"));
    const walk = async (order: "asc" | "desc") => {
      const found: (number | null)[] = [];
      let cursor: string | undefined;
      do {
        const page = (await desk.call("GET /api/log", { query: { order, limit: 4, cursor } })).ok;
        found.push(...page.items.map(({ pos }) => pos));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return found;
    };
    const up = await walk("asc");
    expect(up).toEqual(up.map((_, index) => index + 1));
    expect(await walk("desc")).toEqual(up.toReversed());
  });
});

describe("the inbox", () => {
  it("has a notice of each thing that concerns me, unread until I look", async () => {
    const resident = await world.resident();
    const mine = await world.as(resident);
    const cadre = await world.cadre();
    const { id, requestNo } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } });
    await world.relay.drain();
    const inbox = (await mine.call("GET /api/inbox")).ok;
    expect(inbox.unread).toBe(1);
    expect(inbox.items[0]).toMatchObject({ type: "request.claimed", requestId: id, readAt: null });
    expect(inbox.items[0]?.text).toContain(cadre.name);
    expect(inbox.items[0]?.text).toContain(requestNo);
    expect((await mine.call("GET /api/requests")).ok.items[0]?.unreadMessages).toBe(1);
    expect((await mine.call("GET /api/requests/:id", { params: { id } })).ok.unreadMessages).toBe(1);
    expect((await mine.call("POST /api/inbox/read", { body: { requestId: id } })).ok.unread).toBe(0);
    expect((await mine.call("GET /api/requests/:id", { params: { id } })).ok.unreadMessages).toBe(0);
  });

  it("is marked as read, some or all, and never another's", async () => {
    const resident = await world.resident();
    const [mine, cadre] = [await world.as(resident), await world.as(await world.cadre())];
    for (let n = 0; n < 3; n++) {
      const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
      await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    }
    await world.relay.drain();
    const [first] = (await mine.call("GET /api/inbox")).ok.items;
    await cadre.call("POST /api/inbox/read", { body: { ids: [first!.id] } });
    expect((await mine.call("GET /api/inbox")).ok.unread).toBe(3);
    expect((await mine.call("POST /api/inbox/read", { body: { ids: [first!.id] } })).ok.unread).toBe(2);
    expect((await mine.call("POST /api/inbox/read", { body: { requestId: first!.requestId! } })).ok.unread).toBe(2);
    expect((await mine.call("POST /api/inbox/read", { body: {} })).ok.unread).toBe(0);
  });
});

describe("running", () => {
  it("says that it lives and that it is ready", async () => {
    const api = await world.as(null);
    expect((await api.call("GET /healthz")).ok).toEqual({ ok: true });
    expect((await api.call("GET /readyz")).ok).toEqual({ ok: true });
  });

  it("says that it is not ready while the database is away", async () => {
    const store = { ping: () => Promise.reject(new Error("away")) };
    const notReady = createReadiness({ store, stopping: () => false, relayIdleMs: () => 0, keysFit: async () => true });
    const app = createApp({ ...world.deps, notReady }, { checkReplies: true, version: "test" });
    const server = createServer(app.callback()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [ready, alive] = [await fetch(`${base}/readyz`), await fetch(`${base}/healthz`)];
    server.close();
    expect([ready.status, (await errorOf(ready)).code, alive.status]).toEqual([503, "server.not_ready", 200]);
  });

  it("says so of a call that reaches no database, and when to come again", async () => {
    const away = Object.assign(new Error("connect ECONNREFUSED"), { name: "MongoServerSelectionError" });
    const store = {
      ...world.deps.store,
      communities: { ...world.deps.store.communities, list: () => Promise.reject(away) },
    };
    const app = createApp({ ...world.deps, store }, { checkReplies: true, version: "test" });
    const server = createServer(app.callback()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/communities`);
    server.close();
    expect([response.status, (await errorOf(response)).code]).toEqual([503, "server.not_ready"]);
    expect(response.headers.get("retry-after")).toBe("2");
  });

  it("sends headers that keep browsers safe, and no cache for data", async () => {
    const response = await fetch(`${world.base}/api/communities`);
    expect(response.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("serves neither the documentation nor the document where they are turned off", async () => {
    const server = createServer(
      createApp(world.deps, { checkReplies: true, apiDocs: false, version: "test" }).callback(),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const replies = [];
    for (const path of ["/api/docs", "/api/docs/start.js", "/api/openapi.json"]) replies.push(await fetch(base + path));
    const codes = await Promise.all(replies.map(async (reply) => (await errorOf(reply)).code));
    server.close();
    expect(codes).toEqual(["route.unknown", "route.unknown", "route.unknown"]);
  });

  it("serves the documentation and the document", async () => {
    expect(await (await fetch(`${world.base}/api/docs`)).text()).toContain("swagger-ui");
    for (const file of ["swagger-ui.css", "swagger-ui-bundle.js", "start.js"]) {
      expect((await fetch(`${world.base}/api/docs/${file}`)).status).toBe(200);
    }
    expect((await fetch(`${world.base}/api/docs/../../package.json`)).status).toBe(404);
    expect(((await (await fetch(`${world.base}/api/openapi.json`)).json()) as { openapi: string }).openapi).toBe(
      "3.1.0",
    );
  });
});
