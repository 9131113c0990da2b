import { describe, expect, it } from "vitest";
import { INSTALLATION } from "../../../server/core/domain/audit/audit.ts";
import { giveAccount, password } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.6478.55 Safari/537.36";

const post = (path: string, body: object, cookie = "") =>
  fetch(`${world.base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": chrome, "x-front": "console", cookie },
    body: JSON.stringify(body),
  });
async function rows(communityId = "east") {
  await relay.drain();
  const all = await deps.store.log.after(communityId, 0, 1_000);
  return all.filter(({ type }) => type === "login.succeeded");
}
/** The data of an event, as a row of the log has them. */
const dataOf = (payload: string | null) => (JSON.parse(payload ?? "{}") as { data?: object }).data;

const clerk = await world.staff("committee");
await giveAccount(world, clerk, "logins-desk");
const body = { account: "logins-desk", password };

describe("a login of the staff", () => {
  it("is one row: who, how, on what, from which network; refreshes and refused ones are none", async () => {
    const login = await post("/api/auth/password", body);
    expect((await rows()).map(({ actorId, payload }) => ({ by: actorId, ...dataOf(payload) }))).toEqual([
      {
        ...{ by: clerk.id, userId: clerk.id, account: clerk.name, how: "password" },
        ...{ device: "Chrome · Windows", from: "127.0.0.*" },
      },
    ]);
    const cookie = login.headers.getSetCookie()[0]!.split(";")[0]!;
    for (const minutes of [1, 6]) {
      clock.pass(minutes);
      expect((await post("/api/auth/refresh", {}, cookie)).status).toBe(200);
    }
    await post("/api/auth/password", { ...body, password: "wrong" });
    expect(await rows()).toHaveLength(1);
  });

  it("is seen in the audit by the committee, and by nobody else", async () => {
    const seen = async (user: Parameters<typeof world.as>[0]) => {
      const api = await world.as(user);
      const { body: said } = await api.call("GET /api/audit", { query: { kind: "login" } });
      const { body: log } = await api.call("GET /api/log");
      return /login\.succeeded/.test(JSON.stringify([said, log]));
    };
    await rows();
    expect(await seen(clerk)).toBe(true);
    expect(await seen(await world.staff("committee", ["west"]))).toBe(false);
    expect(await seen(await world.resident())).toBe(false);
    const inbox = (await (await world.as(clerk)).call("GET /api/inbox")).ok.items;
    expect(inbox.filter(({ type }) => type === "login.succeeded")).toEqual([]);
  });

  it("of an operator is in the installation's chain", async () => {
    const operator = await world.staff("admin", []);
    await giveAccount(world, operator, "logins-operator");
    await post("/api/auth/password", { account: "logins-operator", password });
    expect((await rows(INSTALLATION)).map(({ actorId }) => actorId)).toEqual([operator.id]);
  });
});

it("a login of a resident writes no row", async () => {
  const before = (await deps.store.log.after("east", 0, 1_000)).length;
  const nobody = await world.as(null);
  const phone = "13700009999";
  const { demoCode } = (await nobody.call("POST /api/auth/otp", { body: { phone } })).ok;
  expect((await post("/api/auth/otp/verify", { phone, code: demoCode })).status).toBe(200);
  await relay.drain();
  expect(await deps.store.log.after("east", 0, 1_000)).toHaveLength(before);
});
