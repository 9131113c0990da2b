import { describe, expect, it, vi } from "vitest";
import type { Session } from "../../../contract/index.ts";
import { liveCodes } from "../../../contract/live.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { type Api, apiClient } from "../../support/api.ts";
import { freshDatabase } from "../../support/engine.ts";
import { liveClient } from "../../support/live.ts";
import { openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const world = await openWorld({ connection: await connect(uri, name), keys });
/** A second server process on the same database. */
const other = await openWorld({ connection: await connect(uri, name), keys, clock: world.clock });
const { deps, clock } = world;
const anyone = await world.as(null);

const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.49";
const desktop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.6478.55 Safari/537.36";

let phones = 13_720_000_000;
const newPhone = (): string => String(++phones);

/** Logs in by a code on the given device. `token` is that of an existing login. */
async function login(phone: string, { userAgent = iphone, front = "weapp", token = "" } = {}): Promise<Session> {
  const { demoCode: code } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
  const response = await fetch(`${world.base}/api/auth/otp/verify`, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", "user-agent": userAgent, "x-front": front },
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ phone, code }),
  });
  return (await response.json()) as Session;
}

const of = ({ accessToken }: Session, at = world): Api => apiClient(at.base, () => accessToken);
const devices = async (session: Session) => (await of(session).call("GET /api/me/sessions")).ok.items;
const here = async (session: Session) => (await devices(session)).find(({ current }) => current)!;
const refresh = ({ refreshToken }: Session) => anyone.call("POST /api/auth/refresh", { body: { refreshToken } });
/** The codes with which both servers answer calls of that login. */
const answers = async (session: Session) =>
  Promise.all([world, other].map(async (at) => (await of(session, at).call("GET /api/me")).code));
const refused = ["auth.session_ended", "auth.session_ended"];

describe("the devices somebody is logged in on", () => {
  it("are listed with kind, place, start, last use, and which one is asking", async () => {
    const phone = newPhone();
    const first = await login(phone);
    const since = clock.now();
    clock.pass(10);
    await refresh(first);
    const second = await login(phone, { userAgent: desktop, front: "console" });
    const shown = await devices(second);
    expect(shown.map(({ id: _id, ...rest }) => rest).toSorted((a, b) => a.since.localeCompare(b.since))).toEqual([
      {
        ...{ device: "微信 · iPhone", front: "weapp", current: false },
        ...{ since: since.toISOString(), lastUsedAt: clock.now().toISOString() },
      },
      {
        ...{ device: "Chrome · Windows", front: "console", current: true },
        ...{ since: clock.now().toISOString(), lastUsedAt: clock.now().toISOString() },
      },
    ]);
  });

  it("are stored as these descriptions only, and their id gives no access", async () => {
    const session = await login(newPhone(), { userAgent: desktop, front: "x".repeat(200) });
    const { id, device, front } = await here(session);
    expect([device, front]).toEqual(["Chrome · Windows", null]);
    expect(JSON.stringify(await world.dump())).not.toMatch(/6478|Win64|xxxxx/);
    expect((await apiClient(world.base, () => id).call("GET /api/me")).code).toBe("auth.session_ended");
    expect((await refresh({ ...session, refreshToken: id })).code).toBe("auth.session_ended");
  });

  it("are not duplicated by a new login: the own earlier login continues, another person's on it ends", async () => {
    const phone = newPhone();
    const first = await login(phone);
    const again = await login(phone, { token: first.accessToken });
    expect(await devices(again)).toHaveLength(1);
    const someoneElse = await login(newPhone(), { token: again.accessToken });
    expect(await answers(someoneElse)).toEqual([null, null]);
    expect(await answers(again)).toEqual(refused);
  });

  it("do not include expired logins", async () => {
    const phone = newPhone();
    await login(phone);
    clock.pass(31 * 24 * 60);
    expect(await devices(await login(phone))).toHaveLength(1);
  });
});

describe("a login that is ended", () => {
  it("is over at once on every server: access token, refresh token and live connections; others continue", async () => {
    const phone = newPhone();
    const [stolen, mine] = [await login(phone), await login(phone, { userAgent: desktop })];
    const hello = (session: Session) => ({ type: "hello", token: session.accessToken });
    const [near, far, own] = await Promise.all([
      liveClient(world.base, hello(stolen)), liveClient(other.base, hello(stolen)), liveClient(world.base, hello(mine)),
    ]); // prettier-ignore
    for (const client of [near, far, own]) await client.next("ready");

    const { id } = await here(stolen);
    expect((await of(mine).call("DELETE /api/me/sessions/:id", { params: { id } })).status).toBe(204);
    expect(await answers(stolen)).toEqual(refused);
    expect((await refresh(stolen)).code).toBe("auth.session_ended");
    expect(await near.closed).toBe(liveCodes.unauthorized);
    await other.live.beat();
    expect(await far.closed).toBe(liveCodes.unauthorized);

    expect(await answers(mine)).toEqual([null, null]);
    await world.live.beat();
    await own.next("beat");
    own.drop();
    expect(await devices(mine)).toHaveLength(1);
    expect((await of(mine).call("DELETE /api/me/sessions/:id", { params: { id } })).code).toBe("session.unknown");
  });

  it("cannot be another person's", async () => {
    const [mine, theirs] = [await login(newPhone()), await login(newPhone())];
    const { id } = await here(theirs);
    expect((await of(mine).call("DELETE /api/me/sessions/:id", { params: { id } })).code).toBe("session.unknown");
    expect(await answers(theirs)).toEqual([null, null]);
  });

  it("by logout, by ending all others, or by ending all", async () => {
    const phone = newPhone();
    const [a, b, c] = [await login(phone), await login(phone), await login(phone)];
    await of(a).call("POST /api/auth/logout");
    expect(await answers(a)).toEqual(refused);
    expect((await of(b).call("DELETE /api/me/sessions", { query: { keep: "this" } })).ok).toEqual({ ended: 1 });
    expect([await answers(b), await answers(c)]).toEqual([[null, null], refused]);
    expect((await of(b).call("DELETE /api/me/sessions")).ok).toEqual({ ended: 1 });
    expect(await answers(b)).toEqual(refused);
    expect(await answers(await login(phone))).toEqual([null, null]);
  });

  it("because its refresh token was used twice invalidates the copied access token, too", async () => {
    const copied = await login(newPhone());
    const next = (await refresh(copied)).ok;
    clock.pass(1);
    await refresh(copied);
    expect([await answers(copied), await answers(next)]).toEqual([refused, refused]);
  });

  it("stays ended during any number of concurrent refreshes", async () => {
    const phone = newPhone();
    for (let round = 0; round < 10; round++) {
      const [stolen, mine] = [await login(phone), await login(phone)];
      const { id } = await here(stolen);
      const [, ...tokens] = await Promise.all([
        of(mine).call("DELETE /api/me/sessions/:id", { params: { id } }),
        ...Array.from({ length: 4 }, () => refresh(stolen)),
      ]);
      for (const token of tokens) if (token.code === null) expect(await answers(token.ok)).toEqual(refused);
      expect((await refresh(stolen)).code).toBe("auth.session_ended");
    }
  });

  it("invalidates also a token that a server with a fast clock issued a moment later", async () => {
    const stolen = await login(newPhone());
    const { id } = await here(stolen);
    const late = deps.tokens.issueAccess(stolen.user.id, id, new Date(clock.now().getTime() + 30_000));
    await of(stolen).call("POST /api/auth/logout");
    expect(await answers({ ...stolen, accessToken: late })).toEqual(refused);
  });

  it("is checked by a read only for tokens that may be older than the end", async () => {
    const phone = newPhone();
    const [mine, gone] = [await login(phone), await login(phone)];
    const reads = vi.spyOn(deps.store.sessions, "find");
    await of(mine).call("GET /api/me");
    expect(reads).toHaveBeenCalledTimes(0);
    await of(gone).call("POST /api/auth/logout");
    await of(mine).call("GET /api/me");
    expect(reads).toHaveBeenCalledTimes(1);
    clock.pass(2);
    const later = (await refresh(mine)).ok;
    reads.mockClear();
    await of(later).call("GET /api/me");
    expect(reads).toHaveBeenCalledTimes(0);
    reads.mockRestore();
  });
});

describe("a login of the staff on a kind of device that is new", () => {
  const password = "xiaoqu-2026-laoxiang";
  let accounts = 0;
  async function clerk() {
    const user = await world.staff("committee");
    const account = `desk-${++accounts}`;
    const secret = await deps.passwords.hash(password);
    await deps.store.identities.link({ kind: "account", subject: account, userId: user.id, secret });
    const enter = async (userAgent: string): Promise<Session> => {
      const response = await fetch(`${world.base}/api/auth/password`, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": userAgent, "x-front": "console" },
        body: JSON.stringify({ account, password }),
      });
      return (await response.json()) as Session;
    };
    return { user, enter };
  }
  const told = async (session: Session) => {
    await world.relay.drain();
    const { items } = (await of(session).call("GET /api/inbox")).ok;
    return items.filter(({ type }) => type === "account.new_device").map(({ text }) => text);
  };

  it("is notified to them once and logged; a first login and one on a known device are not", async () => {
    const { user, enter } = await clerk();
    const mine = await enter(desktop);
    await of(mine).call("POST /api/auth/logout");
    const again = await enter(desktop);
    expect(await told(again)).toEqual([]);
    await Promise.all([enter(iphone), enter(iphone), enter(iphone)]);
    await enter(iphone);
    expect(await told(again)).toEqual([expect.stringContaining("没用过的设备")]);
    const { items } = (await of(again).call("GET /api/audit", { query: { kind: "login", personId: user.id } })).ok;
    expect(items.filter(({ type }) => type === "account.new_device").map(({ data }) => data)).toEqual([
      { userId: user.id, name: user.name, device: "微信 · iPhone" },
    ]);
  });

  it("that hides its kind counts as new, too", async () => {
    const { enter } = await clerk();
    const mine = await enter(desktop);
    await enter("curl/8.0");
    expect(await told(mine)).toHaveLength(1);
  });

  it("of a resident is neither notified nor stored", async () => {
    const phone = newPhone();
    const mine = await login(phone);
    await login(phone, { userAgent: desktop });
    expect(await told(mine)).toEqual([]);
    expect((await deps.store.users.find(mine.user.id))?.devices).toEqual([]);
  });
});
