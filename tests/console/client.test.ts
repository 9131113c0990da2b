import { describe, expect, test } from "vitest";
import { createClient } from "../../console/api/client.ts";
import { ApiError } from "../../console/api/error.ts";
import type { SessionStore, Tokens } from "../../console/api/session-store.ts";

interface Seen {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
}

type Handler = (seen: Seen) => Response | Promise<Response>;

const json = (status: number, body: unknown) => Response.json(body, { status });
const refused = (status: number, code: string) =>
  json(status, { error: { code, message: `${code} 的话`, details: { a: 1 }, requestId: "r-1" } });

const old: Tokens = { accessToken: "old", refreshToken: "r-old", login: "first" };

/** A store in memory, and a client on it whose network is `handler`. */
function setUp(handler: Handler, tokens: Tokens | null = old) {
  const seen: Seen[] = [];
  let kept = tokens;
  const store: SessionStore = {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
    subscribe: () => () => undefined,
  };
  const client = createClient({
    store,
    timeout: 1000,
    lock: (task) => task(),
    fetch: async (url, init) => {
      const one: Seen = {
        method: init?.method ?? "GET",
        url: url instanceof Request ? url.url : url.toString(),
        headers: new Headers(init?.headers),
        body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
      };
      seen.push(one);
      return handler(one);
    },
  });
  return { ...client, store, seen };
}

const renewed = { accessToken: "new", refreshToken: "r-new", expiresIn: 900, user: {} };
const bearer = (seen: Seen) => seen.headers.get("authorization");

/** A server that knows only the new access token, and gives it for the old refresh token once. */
const server: Handler = (seen) => {
  if (seen.url === "/api/auth/refresh") {
    return JSON.stringify(seen.body) === '{"refreshToken":"r-old"}'
      ? json(200, renewed)
      : refused(401, "auth.session_ended");
  }
  return bearer(seen) === "Bearer new" ? json(200, { items: [], nextCursor: null }) : refused(401, "auth.required");
};

describe("a call", () => {
  test("fills in the path, writes the query's set values, sends the token", async () => {
    const { call, seen } = setUp(() => json(200, { items: [], nextCursor: null }));
    await call("GET /api/requests", { query: { status: "queued", cadreId: undefined, requestNo: "A B&C", limit: 50 } });
    await call("GET /api/communities/:id/cadres", { params: { id: "xi zi/wan" } });
    expect(seen[0]).toMatchObject({
      method: "GET",
      url: "/api/requests?status=queued&requestNo=A+B%26C&limit=50",
      body: undefined,
    });
    expect(bearer(seen[0]!)).toBe("Bearer old");
    expect(seen[1]?.url).toBe("/api/communities/xi%20zi%2Fwan/cadres");
  });

  test("sends a step's body with the key of the intent", async () => {
    const { call, seen } = setUp(() => json(200, {}));
    const id = "65f0c0ffee65f0c0ffee65f0";
    await call(
      "POST /api/requests/:id/reject",
      { params: { id }, body: { reason: "不在范围内" } },
      { idempotencyKey: "k-1" },
    );
    expect(seen[0]).toMatchObject({
      method: "POST",
      url: `/api/requests/${id}/reject`,
      body: { reason: "不在范围内" },
    });
    expect(seen[0]?.headers.get("idempotency-key")).toBe("k-1");
  });

  test("keeps its idempotency key when it is sent again after a refresh", async () => {
    const { call, seen } = setUp(server);
    await call("POST /api/requests/:id/note", { params: { id: "x" }, body: { text: "好" } }, { idempotencyKey: "k-2" });
    expect(seen.map(({ headers }) => headers.get("idempotency-key"))).toEqual(["k-2", null, "k-2"]);
  });

  test("has no reply's body at 204", async () => {
    const { call } = setUp(() => new Response(null, { status: 204 }));
    expect(await call("POST /api/auth/logout")).toBeUndefined();
  });

  test("a refusal becomes an ApiError in the server's words", async () => {
    const { call } = setUp(() => refused(409, "request.already_claimed"));
    await expect(call("GET /api/me")).rejects.toMatchObject({
      code: "request.already_claimed",
      message: "request.already_claimed 的话",
      status: 409,
      details: { a: 1 },
      requestId: "r-1",
    });
  });

  test("no reply, and a reply without an envelope, have words of their own", async () => {
    const down = setUp(() => Promise.reject(new TypeError("failed to fetch")));
    await expect(down.call("GET /api/me")).rejects.toMatchObject({ code: "network.failed", status: 0 });
    const proxy = setUp(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(proxy.call("GET /api/me")).rejects.toMatchObject({ code: "reply.unreadable", status: 502 });
  });

  test("that its caller ends is not a failure of the network", async () => {
    const { call } = setUp(() => Promise.reject(new DOMException("ended", "AbortError")));
    const signal = AbortSignal.abort();
    await expect(call("GET /api/me", undefined, { signal })).rejects.not.toBeInstanceOf(ApiError);
  });
});

describe("an access token that has ended", () => {
  test("is refreshed once for all calls that find it so", async () => {
    const { call, seen, store } = setUp(server);
    await Promise.all([call("GET /api/requests"), call("GET /api/log"), call("GET /api/residents")]);
    expect(seen.filter(({ url }) => url === "/api/auth/refresh")).toHaveLength(1);
    expect(store.read()).toMatchObject({ accessToken: "new", refreshToken: "r-new" });
  });

  test("is not refreshed for a call that comes back after the refresh was done", async () => {
    const late = Promise.withResolvers<Response>();
    const { call, seen } = setUp((one) =>
      one.url === "/api/log" && bearer(one) === "Bearer old" ? late.promise : server(one),
    );
    const slow = call("GET /api/log");
    await call("GET /api/requests");
    late.resolve(refused(401, "auth.required"));
    await slow;
    expect(seen.filter(({ url }) => url === "/api/auth/refresh")).toHaveLength(1);
  });

  test("was refreshed by another tab meanwhile: its tokens are used", async () => {
    const set = setUp((one) => {
      if (one.url !== "/api/auth/refresh" && bearer(one) === "Bearer old") {
        set.store.write({ ...old, accessToken: "new", refreshToken: "r-new" });
      }
      return server(one);
    });
    await set.call("GET /api/requests");
    expect(set.seen.map(({ url }) => url)).toEqual(["/api/requests", "/api/requests"]);
  });

  test("ends the login when the server refuses to renew it", async () => {
    const { call, store, seen } = setUp(() => refused(401, "auth.session_ended"));
    await expect(call("GET /api/requests")).rejects.toMatchObject({ status: 401 });
    expect(store.read()).toBeNull();
    expect(seen).toHaveLength(2);
  });

  test("keeps the login when the server is away for the refresh", async () => {
    const { call, store } = setUp((one) =>
      one.url === "/api/auth/refresh" ? refused(503, "server.not_ready") : refused(401, "auth.required"),
    );
    await expect(call("GET /api/requests")).rejects.toMatchObject({ code: "server.not_ready" });
    expect(store.read()).toMatchObject({ accessToken: "old" });
  });

  test("a refused password is an answer, not a reason to refresh", async () => {
    const { call, seen, store } = setUp(() => refused(401, "auth.password_invalid"));
    await expect(call("POST /api/auth/password", { body: { account: "a", password: "b" } })).rejects.toMatchObject({
      code: "auth.password_invalid",
    });
    expect(seen).toHaveLength(1);
    expect(store.read()).not.toBeNull();
  });
});

describe("an answer", () => {
  const another: Tokens = { accessToken: "theirs", refreshToken: "r-theirs", login: "second" };

  /** A client one of whose addresses answers when it is told to. */
  function held(url: string) {
    const late = Promise.withResolvers<Response>();
    return { ...setUp((one) => (one.url === url ? late.promise : server(one))), answer: late.resolve };
  }

  test.each([
    ["nobody is logged in", null],
    ["somebody else is", another],
  ])("that comes when %s does not count", async (_, now) => {
    const { call, store, answer } = held("/api/me");
    const asked = call("GET /api/me");
    store.write(now);
    answer(json(200, {}));
    await expect(asked).rejects.toMatchObject({ code: "login.ended" });
  });

  test("counts when the tokens were renewed meanwhile", async () => {
    const { call, store, answer } = held("/api/me");
    const asked = call("GET /api/me");
    await call("GET /api/requests");
    expect(store.read()).toEqual({ accessToken: "new", refreshToken: "r-new", login: "first" });
    answer(json(200, { name: "何芳" }));
    expect(await asked).toEqual({ name: "何芳" });
  });

  test.each([
    ["new tokens", json(200, renewed)],
    ["a refusal", refused(401, "auth.session_ended")],
  ])("to a refresh, %s, changes nothing of a later login", async (_, reply) => {
    for (const now of [null, another]) {
      const { call, store, seen, answer } = held("/api/auth/refresh");
      const asked = call("POST /api/requests/:id/note", { params: { id: "x" }, body: { text: "好" } });
      await expect.poll(() => seen.length).toBe(2);
      store.write(now);
      answer(reply.clone());
      await expect(asked).rejects.toMatchObject({ status: 401 });
      expect(store.read()).toEqual(now);
      // What one person wrote is not sent again in another's name.
      expect(seen).toHaveLength(2);
    }
  });
});
