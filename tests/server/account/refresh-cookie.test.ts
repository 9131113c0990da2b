import { describe, expect, it } from "vitest";
import { giveAccount, password } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { clock } = world;

/** A browser with its cookies, on a page of the console. */
function browser({ base, front = "console" }: { base: string; front?: string }) {
  const jar = new Map<string, string>();
  async function call(path: string, body: object = {}, headers: Record<string, string> = {}) {
    const response = await fetch(`${base}${path}`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "x-front": front, "sec-fetch-site": "same-origin", origin: base },
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const set = response.headers.getSetCookie();
    for (const one of set) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const text = await response.text();
    const reply = (text ? JSON.parse(text) : {}) as {
      accessToken?: string;
      refreshToken?: string;
      user?: { id: string };
      error?: { code: string };
    };
    return { status: response.status, set, reply, code: reply.error?.code ?? null };
  }
  return { jar, call, refresh: (headers = {}) => call("/api/auth/refresh", {}, headers) };
}

let accounts = 0;
async function clerk() {
  const user = await world.staff("committee");
  const account = `cookie-${++accounts}`;
  await giveAccount(world, user, account);
  return { user, body: { account, password } };
}

/** A browser in which a clerk has logged in. */
async function loggedIn() {
  const { user, body } = await clerk();
  const own = browser(world);
  return { ...own, user, login: await own.call("/api/auth/password", body) };
}

describe("the refresh token of a browser", () => {
  it("is in a cookie that scripts and other sites cannot use, and in no reply", async () => {
    const { login, refresh, jar } = await loggedIn();
    expect(login.set).toEqual([
      expect.stringMatching(/^dxe_console=[\w.-]+; Max-Age=2592000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/),
    ]);
    expect(Object.keys(login.reply).toSorted()).toEqual(["accessToken", "console", "expiresIn", "user"]);
    clock.pass(16);
    const next = await refresh();
    expect(JSON.stringify([login.reply, next.reply])).not.toContain([...jar.values()][0]!.split(".").at(-1)!);
  });

  it("has the prefix __Host- and is sent by HTTPS only where the public address is one", async () => {
    const secure = await openWorld({ publicUrl: () => "https://dxe.example.org" });
    const user = await secure.staff("committee");
    await giveAccount(secure, user, "secure");
    const { call, jar } = browser(secure);
    const { set } = await call("/api/auth/password", { account: "secure", password });
    expect(set[0]).toMatch(/^__Host-dxe_console=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect([...jar.keys()]).toEqual(["__Host-dxe_console"]);
    const refreshed = await call("/api/auth/refresh", {}, { origin: "https://dxe.example.org" });
    expect(refreshed.status).toBe(200);
  });

  it("stays in the reply for the mini-program and for programs", async () => {
    const { body } = await clerk();
    for (const front of ["weapp", ""]) {
      const { set, reply } = await browser({ base: world.base, front }).call("/api/auth/password", body);
      expect([set, typeof reply.refreshToken]).toEqual([[], "string"]);
    }
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["another host of this site", { "sec-fetch-site": "same-site" }],
    ["an address typed or linked", { "sec-fetch-site": "none" }],
    ["another origin, by an old browser", { "sec-fetch-site": "", origin: "https://evil.example" }],
    ["a sandboxed frame", { "sec-fetch-site": "", origin: "null" }],
  ])("is not used for a call of %s", async (_, headers) => {
    const { refresh, call, login } = await loggedIn();
    expect(await refresh(headers)).toMatchObject({ status: 403, code: "auth.foreign_page", set: [] });
    const authorization = `Bearer ${login.reply.accessToken}`;
    expect((await call("/api/auth/logout", {}, { ...headers, authorization })).code).toBe("auth.foreign_page");
    expect((await refresh()).status).toBe(200);
  });

  it("is not used without the header that no form of another site can send, nor with another type than JSON", async () => {
    const { refresh } = await loggedIn();
    expect((await refresh({ "x-front": "" })).code).toBe("auth.session_ended");
    expect((await refresh({ "content-type": "text/plain" })).code).toBe("input.type_unsupported");
    expect((await refresh()).status).toBe(200);
  });

  it("is deleted by the logout, which ends the session", async () => {
    const { call, jar, login, refresh } = await loggedIn();
    const stolen = [...jar].map(([name, value]) => `${name}=${value}`).join();
    const out = await call("/api/auth/logout", {}, { authorization: `Bearer ${login.reply.accessToken}` });
    expect(out.set).toEqual([expect.stringMatching(/^dxe_console=; Max-Age=0; Path=\/api\/auth;/)]);
    expect(jar.size).toBe(0);
    expect((await refresh({ cookie: stolen })).code).toBe("auth.session_ended");
  });
});

describe("several tabs", () => {
  it("that are opened one after another do not use the token up", async () => {
    const { refresh, jar } = await loggedIn();
    const [before] = jar.values();
    for (let tab = 0; tab < 5; tab++) expect((await refresh()).status).toBe(200);
    expect([...jar.values()]).toEqual([before]);
  });

  it("that refresh at once, and one that loses its reply, stay logged in", async () => {
    const { refresh, jar } = await loggedIn();
    for (let round = 0; round < 4; round++) {
      clock.pass(6);
      const before = [...jar].map(([name, value]) => `${name}=${value}`).join();
      const replies = await Promise.all([refresh(), refresh({ cookie: before }), refresh({ cookie: before })]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(replies.flatMap(({ set }) => set)).size).toBe(1);
    }
  });

  it("do not hide that a token was copied: the older one ends the session for both", async () => {
    const { refresh, jar } = await loggedIn();
    const stolen = [...jar].map(([name, value]) => `${name}=${value}`).join();
    clock.pass(16);
    expect((await refresh()).status).toBe(200);
    clock.pass(16);
    expect((await refresh({ cookie: stolen })).code).toBe("auth.session_ended");
    expect((await refresh()).code).toBe("auth.session_ended");
  });

  it("have one person: another who logs in ends the login before", async () => {
    const { call, login, refresh } = await loggedIn();
    const other = await clerk();
    expect((await call("/api/auth/password", other.body)).reply.user?.id).toBe(other.user.id);
    const me = await fetch(`${world.base}/api/me`, {
      headers: { authorization: `Bearer ${login.reply.accessToken}` },
    });
    expect(me.status).toBe(401);
    expect((await refresh()).reply.user?.id).toBe(other.user.id);
  });

  it("of the console and of H5 have separate logins", async () => {
    const { jar, user } = await loggedIn();
    const h5 = browser({ base: world.base, front: "h5" });
    for (const [name, value] of jar) h5.jar.set(name, value);
    expect((await h5.refresh()).code).toBe("auth.session_ended");
    const other = await clerk();
    await h5.call("/api/auth/password", other.body);
    expect([...h5.jar.keys()].toSorted()).toEqual(["dxe_console", "dxe_h5"]);
    const desk = browser(world);
    for (const [name, value] of h5.jar) desk.jar.set(name, value);
    expect([(await h5.refresh()).reply.user?.id, (await desk.refresh()).reply.user?.id]).toEqual([
      other.user.id,
      user.id,
    ]);
  });
});
