import { describe, expect, it } from "vitest";
import type { Me, Session } from "../../contract/index.ts";
import { type RawReply, type RawRequest, createClient } from "../../src/api/client.ts";
import { createSession } from "../../src/api/session.ts";

/** The storage of a device; each session on it is a browser tab. */
function device() {
  const kept = new Map<string, unknown>();
  const tab = () =>
    createSession({
      get: (key) => kept.get(key),
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
    });
  return { tab, kept: () => JSON.stringify([...kept.values()]) };
}

const person = (id: string, membershipId: string | null = null): Me =>
  ({ id, name: id, actingAs: { membershipId } }) as Me;
const login = (id: string, n = 1): Session => ({
  accessToken: `${id}-${n}`,
  refreshToken: `refresh-${id}-${n}`,
  expiresIn: 900,
  console: null,
  user: person(id),
});
const tokenOf = ({ headers }: RawRequest): string => (headers["Authorization"] ?? "").slice("Bearer ".length);
const ended: RawReply = { status: 401, data: { error: { code: "auth.session_ended", message: "请重新登录" } } };
const message = { params: { id: "r" }, body: { text: "钥匙在花盆下", fileIds: [] } };

describe("what the server says of the person", () => {
  it("after they logged out is dropped", async () => {
    const { tab, kept } = device();
    const session = tab();
    session.begin(login("wang"));
    const answer = Promise.withResolvers<Me>();
    const update = session.update(answer.promise);
    session.end();
    answer.resolve(person("wang"));
    await update;
    expect(session.get()).toEqual({ tokens: null, me: null });
    expect(kept()).not.toContain("wang");
  });

  it("asked for before another role was taken up, does not bring back the one before", async () => {
    const session = device().tab();
    session.begin(login("lin"));
    const answer = Promise.withResolvers<Me>();
    const update = session.update(answer.promise);
    await session.update(Promise.resolve(person("lin", "cadre")));
    answer.resolve(person("lin"));
    await update;
    expect(session.get().me?.actingAs.membershipId).toBe("cadre");
  });

  it("is not written to a device from which another tab has logged out", async () => {
    const { tab, kept } = device();
    const [first, second] = [tab(), tab()];
    first.begin(login("wang"));
    second.reload();
    second.end();
    await first.update(Promise.resolve(person("wang")));
    expect(kept()).toBe("[]");
  });

  it("comes through where a first call logs in by itself", async () => {
    const session = device().tab();
    const { call } = createClient({
      session,
      wechatCode: async () => "code",
      async send(request) {
        if (request.path === "/api/auth/wechat") return { status: 200, data: login("wang") };
        return tokenOf(request) === "" ? ended : { status: 200, data: person("wang", "cadre") };
      },
    });
    await session.update(call("GET /api/me"));
    expect(session.get().me?.actingAs.membershipId).toBe("cadre");
  });
});

describe("a call that is refused because its token has run out", () => {
  /** A client whose server accepts only tokens with the prefix `good`. `refresh` returns the answer to a refresh. */
  function client(session: ReturnType<typeof createSession>, good: string, refresh: () => RawReply = () => ended) {
    const sent: string[] = [];
    const { call } = createClient({
      session,
      wechatCode: async () => null,
      async send(request) {
        if (request.path === "/api/auth/refresh") return refresh();
        sent.push(tokenOf(request));
        return tokenOf(request).startsWith(good) ? { status: 200, data: {} } : ended;
      },
    });
    return { call, sent };
  }

  it("is sent again with new ones, and keeps the role in use", async () => {
    const session = device().tab();
    session.begin(login("wang"));
    await session.update(Promise.resolve(person("wang", "cadre")));
    const { call, sent } = client(session, "wang-2", () => ({ status: 200, data: login("wang", 2) }));
    await call("POST /api/requests/:id/message", message);
    expect(sent).toEqual(["wang-1", "wang-2"]);
    expect(session.get()).toMatchObject({
      tokens: { accessToken: "wang-2" },
      me: { actingAs: { membershipId: "cadre" } },
    });
  });

  it("is never sent in the name of another who logged in in a second tab", async () => {
    const { tab } = device();
    const [first, second] = [tab(), tab()];
    first.begin(login("wang"));
    const { call, sent } = client(first, "li");
    second.begin(login("li"));
    await expect(call("POST /api/requests/:id/message", message)).rejects.toThrow("请重新登录");
    // A retry fails, too: nobody is logged in in this tab.
    await expect(call("POST /api/requests/:id/message", message)).rejects.toThrow("请重新登录");
    expect(sent).toEqual(["wang-1", ""]);
    expect(second.reload().me?.id).toBe("li");
  });

  it("takes up what the same person's other tab has renewed", async () => {
    const { tab } = device();
    const [first, second] = [tab(), tab()];
    first.begin(login("wang"));
    second.begin(login("wang", 2));
    const { call, sent } = client(first, "wang-2");
    await call("POST /api/requests/:id/message", message);
    expect(sent).toEqual(["wang-1", "wang-2"]);
  });

  it("logs nobody in again who logs out while it is renewed", async () => {
    const { tab, kept } = device();
    const session = tab();
    session.begin(login("wang"));
    const { call } = client(session, "wang-2", () => {
      session.end();
      return { status: 200, data: login("wang", 2) };
    });
    await expect(call("POST /api/requests/:id/message", message)).rejects.toThrow("请重新登录");
    expect(kept()).toBe("[]");
  });
});

describe("a login of a browser, whose refresh token is in a cookie", () => {
  const login5 = (id: string, n = 1): Session => ({
    accessToken: `${id}-${n}`,
    expiresIn: 900,
    console: null,
    user: person(id),
  });
  /** A tab whose server gives `renewed` for the cookie. */
  function browserTab(session: ReturnType<typeof createSession>, renewed: () => RawReply) {
    const sent: string[] = [];
    const { call } = createClient({
      session,
      wechatCode: async () => null,
      async send(request) {
        sent.push(`${request.path} ${tokenOf(request)} ${JSON.stringify(request.body)}`);
        if (request.path === "/api/auth/refresh") return renewed();
        return tokenOf(request) === "" ? ended : { status: 200, data: {} };
      },
    });
    return { call, sent };
  }

  it("leaves no token on the device, and a loaded page asks for one before its first call", async () => {
    const { tab, kept } = device();
    tab().begin(login5("wang"));
    expect(kept()).toBe(JSON.stringify([{ tokens: { accessToken: null }, me: person("wang") }]));
    const { call, sent } = browserTab(tab(), () => ({ status: 200, data: login5("wang", 2) }));
    await Promise.all([call("GET /api/requests"), call("GET /api/communities")]);
    expect(sent).toEqual([
      "/api/auth/refresh  {}",
      "/api/requests wang-2 undefined",
      "/api/communities wang-2 undefined",
    ]);
    expect(kept()).not.toContain("wang-2");
  });

  it("takes over the refresh token that an earlier version stored", async () => {
    const { tab, kept } = device();
    tab().begin(login("wang"));
    const session = tab();
    const { call, sent } = browserTab(session, () => ({ status: 200, data: login5("wang", 2) }));
    session.renew({ accessToken: null, refreshToken: "refresh-wang-1" });
    await call("GET /api/requests");
    expect(sent[0]).toBe('/api/auth/refresh  {"refreshToken":"refresh-wang-1"}');
    expect(kept()).not.toMatch(/refresh-wang|wang-2/);
  });

  it("is no login of this tab once another person's token is in the cookie", async () => {
    const { tab, kept } = device();
    tab().begin(login5("wang"));
    const session = tab();
    const { call, sent } = browserTab(session, () => ({ status: 200, data: login5("li") }));
    await expect(call("POST /api/requests/:id/message", message)).rejects.toThrow("请重新登录");
    expect(sent.filter((line) => line.includes("li-1"))).toEqual([]);
    expect(session.get().me).toBeNull();
    expect(kept()).not.toContain("li-1");
  });
});
