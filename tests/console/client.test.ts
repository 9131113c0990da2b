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

const old: Tokens = { accessToken: "old", login: "first", userId: "he" };

/** An in-memory store, and a client whose network is `handler`. */
function setUp(handler: Handler, tokens: Tokens | null = old, confirmPerson = async () => false) {
  const seen: Seen[] = [];
  let kept = tokens;
  const store: SessionStore = {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
    end: () => {
      kept = null;
    },
    hasEnded: () => false,
    subscribe: () => () => undefined,
  };
  const client = createClient({
    store,
    timeout: 1000,
    confirmPerson,
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

const renewed = { accessToken: "new", expiresIn: 900, user: { id: "he" } };
const bearer = (seen: Seen) => seen.headers.get("authorization");

/** A server that accepts only the new access token, and gives it for the token in the cookie. */
const server: Handler = (seen) => {
  if (seen.url === "/api/auth/refresh") return json(200, renewed);
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

  test("sends a step's body with its idempotency key", async () => {
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

  test("has no body to read at 204", async () => {
    const { call } = setUp(() => new Response(null, { status: 204 }));
    expect(await call("POST /api/auth/logout")).toBeUndefined();
  });

  test("becomes an ApiError with the server's message when it is refused", async () => {
    const { call } = setUp(() => refused(409, "request.already_claimed"));
    await expect(call("GET /api/me")).rejects.toMatchObject({
      code: "request.already_claimed",
      message: "request.already_claimed 的话",
      status: 409,
      details: { a: 1 },
      requestId: "r-1",
    });
  });

  test("has its own messages for a missing reply and for a reply without an envelope", async () => {
    const down = setUp(() => Promise.reject(new TypeError("failed to fetch")));
    await expect(down.call("GET /api/me")).rejects.toMatchObject({ code: "network.failed", status: 0 });
    const proxy = setUp(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(proxy.call("GET /api/me")).rejects.toMatchObject({ code: "reply.unreadable", status: 502 });
  });

  test("is not a network failure when its caller aborts it", async () => {
    const { call } = setUp(() => Promise.reject(new DOMException("ended", "AbortError")));
    const signal = AbortSignal.abort();
    await expect(call("GET /api/me", undefined, { signal })).rejects.not.toBeInstanceOf(ApiError);
  });
});

describe("an access token that has ended", () => {
  test("is refreshed once for all concurrent calls", async () => {
    const { call, seen, store } = setUp(server);
    await Promise.all([call("GET /api/requests"), call("GET /api/log"), call("GET /api/residents")]);
    expect(seen.filter(({ url }) => url === "/api/auth/refresh")).toHaveLength(1);
    expect(store.read()).toMatchObject({ accessToken: "new", login: "first" });
  });

  test("is not refreshed again for a call that fails after the refresh", async () => {
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

  test("is replaced by the one that another call has fetched meanwhile", async () => {
    const set = setUp((one) => {
      if (one.url !== "/api/auth/refresh" && bearer(one) === "Bearer old") {
        set.store.write({ ...old, accessToken: "new" });
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

  test("keeps the login when the server is unreachable during the refresh", async () => {
    const { call, store } = setUp((one) =>
      one.url === "/api/auth/refresh" ? refused(503, "server.not_ready") : refused(401, "auth.required"),
    );
    await expect(call("GET /api/requests")).rejects.toMatchObject({ code: "server.not_ready" });
    expect(store.read()).toMatchObject({ accessToken: "old" });
  });

  test("a refused password is an answer and causes no refresh", async () => {
    const { call, seen, store } = setUp(() => refused(401, "auth.password_invalid"));
    await expect(call("POST /api/auth/password", { body: { account: "a", password: "b" } })).rejects.toMatchObject({
      code: "auth.password_invalid",
    });
    expect(seen).toHaveLength(1);
    expect(store.read()).not.toBeNull();
  });
});

describe("a protected step", () => {
  const step = { params: { id: "east" }, body: { account: "a", name: "b", title: "c" } };
  /** A server that takes the step with the token that says that the person was asked. */
  const strict: Handler = (seen) =>
    bearer(seen) === "Bearer fresh" ? json(201, {}) : refused(403, "auth.reauthentication_required");

  test("asks for the password, and then goes on", async () => {
    const set = setUp(strict, old, async () => {
      set.store.write({ ...old, accessToken: "fresh" });
      return true;
    });
    await set.call("POST /api/communities/:id/clerks", step, { idempotencyKey: "k-3" });
    expect(set.seen.map((one) => [bearer(one), one.body, one.headers.get("idempotency-key")])).toEqual([
      ["Bearer old", step.body, "k-3"],
      ["Bearer fresh", step.body, "k-3"],
    ]);
  });

  test("is left undone when the person gives none, and is not tried for another person", async () => {
    const no = setUp(strict);
    await expect(no.call("POST /api/communities/:id/clerks", step)).rejects.toMatchObject({ status: 403 });
    const another = setUp(strict, old, async () => {
      another.store.write({ accessToken: "fresh", login: "second", userId: "li" });
      return true;
    });
    await expect(another.call("POST /api/communities/:id/clerks", step)).rejects.toMatchObject({ status: 403 });
    expect([no.seen.length, another.seen.length]).toEqual([1, 1]);
  });
});

describe("a tab that has no access token yet", () => {
  const loaded: Tokens = { ...old, accessToken: null };

  test("asks for one before its first calls, once for all, with what is in the cookie", async () => {
    const { call, seen } = setUp(server, loaded);
    await Promise.all([call("GET /api/requests"), call("GET /api/log")]);
    expect(seen.map(({ url }) => url)).toEqual(["/api/auth/refresh", "/api/requests", "/api/log"]);
    expect(seen[0]).toMatchObject({ method: "POST", body: {} });
    expect(seen[0]?.headers.get("x-front")).toBe("console");
  });

  test("moves the refresh token of an earlier version into the cookie", async () => {
    const { call, seen, store } = setUp(server, { ...loaded, userId: null, refreshToken: "r-old" });
    await call("GET /api/requests");
    expect(seen[0]?.body).toEqual({ refreshToken: "r-old" });
    expect(store.read()).toEqual({ accessToken: "new", login: "first", userId: "he" });
  });

  test("does nothing in the name of another person who has just logged in in another tab", async () => {
    const { call, seen, store } = setUp(server, { ...loaded, userId: "li" });
    await expect(
      call("POST /api/requests/:id/note", { params: { id: "x" }, body: { text: "好" } }),
    ).rejects.toMatchObject({ code: "login.ended" });
    expect(seen.map(({ url }) => url)).toEqual(["/api/auth/refresh"]);
    expect(store.read()).toMatchObject({ userId: "he" });
    expect(store.read()?.login).not.toBe("first");
  });
});

describe("an answer", () => {
  const another: Tokens = { accessToken: "theirs", login: "second", userId: "li" };

  /** A client for which one address answers when the test says so. */
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
    if (now) store.write(now);
    else store.end("left");
    answer(json(200, {}));
    await expect(asked).rejects.toMatchObject({ code: "login.ended" });
  });

  test("is accepted when the tokens were refreshed during the call", async () => {
    const { call, store, answer } = held("/api/me");
    const asked = call("GET /api/me");
    await call("GET /api/requests");
    expect(store.read()).toEqual({ accessToken: "new", login: "first", userId: "he" });
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
      if (now) store.write(now);
      else store.end("left");
      answer(reply.clone());
      await expect(asked).rejects.toMatchObject({ status: 401 });
      expect(store.read()).toEqual(now);
      // The first person's input is not sent again in the name of another.
      expect(seen).toHaveLength(2);
    }
  });
});
