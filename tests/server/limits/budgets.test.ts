import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { type World, openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const clock = testClock();
const server = async (): Promise<World> =>
  openWorld({ connection: await connect(uri, name), keys, clock, limitsFactor: 1, app: { behindProxy: true } });
const one = await server();
/** A second process on the same database. */
const other = await server();

const sessionId = randomBytes(12).toString("hex");
const bearer = (user: User): Record<string, string> => ({
  authorization: `Bearer ${one.deps.tokens.issueAccess(user.id, sessionId, clock.now())}`,
});

let networks = 0;
const newAddress = (): string => `198.51.${Math.floor(++networks / 250)}.${networks % 250}`;

const get = (world: World, path: string, headers: Record<string, string>) => fetch(`${world.base}${path}`, { headers });

/** Makes `n` calls, up to 50 at once. Returns how many were not refused. */
async function passed(n: number, call: () => Promise<Response>): Promise<number> {
  let through = 0;
  for (let left = n; left > 0; left -= 50) {
    const answers = await Promise.all(Array.from({ length: Math.min(left, 50) }, call));
    through += answers.filter(({ status }) => status !== 429).length;
  }
  return through;
}

describe("the budget of a user", () => {
  it("is exact at one server, gives the time until it is free, and restarts", async () => {
    const clerk = await one.staff("committee");
    const log = () => get(one, "/api/log", { ...bearer(clerk), "x-forwarded-for": newAddress() });
    expect(await passed(125, log)).toBe(120);
    const refused = await log();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("60");
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe("rate.limited");
    expect(error.message).toContain("60 秒后再试");
    // Other classes of calls and other users are not affected.
    expect((await get(one, "/api/me", bearer(clerk))).status).toBe(200);
    expect((await get(one, "/api/log", bearer(await one.staff("committee")))).status).toBe(200);
    clock.pass(1);
    expect((await log()).status).toBe(200);
  });

  it("holds across two servers, but for the tenth that each tells late and what is on its way meanwhile", async () => {
    const clerk = await one.staff("committee");
    let turn = 0;
    const log = () => get(turn++ % 2 ? one : other, "/api/log", bearer(clerk));
    const through = await passed(200, log);
    expect(through).toBeGreaterThanOrEqual(120);
    expect(through).toBeLessThanOrEqual(120 + 2 * 12 + 50);
    for (const world of [one, other]) expect((await get(world, "/api/log", bearer(clerk))).status).toBe(429);
  });

  it("of filing is of its own, and what was refused was not filed", async () => {
    const resident = await one.resident();
    const file = () =>
      fetch(`${one.base}/api/requests`, {
        method: "POST",
        headers: { ...bearer(resident), "content-type": "application/json" },
        body: JSON.stringify(submission()),
      });
    expect(await passed(62, file)).toBe(60);
    expect(await one.deps.store.requests.list({ residentIds: [resident.id] }, 100)).toMatchObject({
      items: { length: 60 },
    });
  });
});

describe("the budget of an address", () => {
  it("is counted without a login, also with a forged token, before the database is queried", async () => {
    const address = newAddress();
    const login = (world: World) =>
      fetch(`${world.base}/api/auth/refresh`, {
        method: "POST",
        headers: { "x-forwarded-for": address, authorization: "Bearer x.y.z", "content-type": "application/json" },
        body: "{}",
      });
    expect(await passed(1_210, () => login(one))).toBe(1_200);
    // The other server learns the count when it reports its first tenth.
    expect(await passed(300, () => login(other))).toBeLessThanOrEqual(120 + 50);
    const elsewhere = await fetch(`${one.base}/api/communities`, { headers: { "x-forwarded-for": newAddress() } });
    expect(elsewhere.status).toBe(200);
  });

  it("is per subscriber: forged proxy headers and changes of the last 64 bits do not evade it", async () => {
    const call = (forwarded: string) =>
      fetch(`${one.base}/api/auth/refresh`, {
        method: "POST",
        headers: { "x-forwarded-for": forwarded, "content-type": "application/json" },
        body: "{}",
      });
    let k = 0;
    const through = await passed(1_210, () => {
      const fake = `203.0.113.${k++ % 250}`;
      return call(`${fake}, 2001:db8:7:8:${k.toString(16)}::${k.toString(16)}`);
    });
    expect(through).toBe(1_200);
  });

  it("is stored in the database as a keyed hash only", async () => {
    const connection = await connect(uri, name);
    const stored = JSON.stringify(await connection.collection("limits").find().toArray());
    await connection.close();
    expect(stored).toContain("budget:");
    expect(stored).not.toContain("198.51.");
    expect(stored).not.toContain("2001:db8");
  });

  it("monitoring calls have no budget", async () => {
    const address = newAddress();
    expect(await passed(1_300, () => get(one, "/healthz", { "x-forwarded-for": address }))).toBe(1_300);
  });
});

describe("what nobody logs in for", () => {
  it.each([
    ["pages and files", "page", "/any/page", 6_000],
    ["what WeChat pushes", "push", "/api/wechat/push?signature=x", 3_000],
  ] as const)("has a budget by address: %s", async (_what, budget, path, most) => {
    const from = { "x-forwarded-for": newAddress() };
    for (let n = 0; n < most - 1; n++) one.deps.budgets.ofAddress(budget, from["x-forwarded-for"]);
    expect((await get(one, path, from)).status).not.toBe(429);
    const refused = await get(one, path, from);
    expect(refused.status).toBe(429);
    expect((await refused.json()) as unknown).toMatchObject({ error: { code: "rate.limited" } });
    expect((await get(one, path, { "x-forwarded-for": newAddress() })).status).not.toBe(429);
  });
});
