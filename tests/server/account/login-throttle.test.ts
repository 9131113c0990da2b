import { describe, expect, it } from "vitest";
import { throttlePolicies, throttleSeconds } from "../../../server/core/domain/accounts/login-throttle.ts";
import { createNoSms } from "../../../server/adapters/sms/sms.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { type World, openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const clock = testClock();
/** Codes that were sent, the latest last. */
const sent: string[] = [];
const sms = { ...createNoSms(), sendCode: async (_phone: string, code: string) => void sent.push(code) };
const server = async (): Promise<World> =>
  openWorld({ connection: await connect(uri, name), keys, clock, sms, app: { behindProxy: true } });
const one = await server();
/** A second process on the same database. */
const other = await server();
const { deps } = one;

const right = "xiaoqu-2026-laoxiang";
let count = 0;
async function clerk(): Promise<string> {
  const account = `clerk-${++count}`;
  const { id } = await one.staff("committee");
  const secret = await deps.passwords.hash(right);
  await deps.store.identities.link({ kind: "account", subject: account, userId: id, secret });
  return account;
}
const newPhone = (): string => String(13_720_000_000 + ++count);
const newAddress = (): string => `198.51.100.${++count}`;

interface Answer {
  status: number;
  code: string | null;
  retryAfter: number | null;
}
async function post(world: World, path: string, body: object, from: string): Promise<Answer> {
  const answer = await fetch(`${world.base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": from },
    body: JSON.stringify(body),
  });
  const told = (await answer.json()) as { error?: { code: string } };
  const after = answer.headers.get("retry-after");
  return { status: answer.status, code: told.error?.code ?? null, retryAfter: after === null ? null : Number(after) };
}
const login = (account: string, password: string, from = newAddress(), world = one): Promise<Answer> =>
  post(world, "/api/auth/password", { account, password }, from);
const verify = (phone: string, code: string, from = newAddress(), world = one): Promise<Answer> =>
  post(world, "/api/auth/otp/verify", { phone, code }, from);

/** The code that was sent to the phone, which demo mode returns to a caller on this machine. */
async function codeFor(phone: string): Promise<string> {
  const answer = await fetch(`${one.base}/api/auth/otp`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": "127.0.0.1" },
    body: JSON.stringify({ phone }),
  });
  return ((await answer.json()) as { demoCode: string }).demoCode;
}
const wrong = (code: string): string => (code === "000000" ? "000001" : "000000");

async function failures(how: string): Promise<number> {
  await one.relay.drain();
  const pages = await Promise.all(
    ["east", "installation"].map((id) =>
      deps.store.log.list({ communityIds: [id], types: ["login.failed"] }, "desc", 100),
    ),
  );
  return pages.flatMap(({ items }) => items).filter((row) => JSON.stringify(row.payload).includes(how)).length;
}

describe("guessing the password of an account", () => {
  it("is delayed after five failures, with growing waits for all addresses; a success clears them", async () => {
    const account = await clerk();
    for (let n = 0; n < 5; n++) expect((await login(account, "wrong")).code).toBe("auth.password_invalid");
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      // The right password is refused as well, so that a guesser does not learn that it was right.
      expect(await login(account, right)).toEqual({ status: 429, code: "auth.locked", retryAfter: minutes * 60 });
      expect((await login(account, right, newAddress(), other)).code).toBe("auth.locked");
      clock.pass(minutes);
      expect((await login(account, "wrong")).code).toBe("auth.password_invalid");
    }
    clock.pass(60);
    expect((await login(account, right)).status).toBe(200);
    for (let n = 0; n < 4; n++) expect((await login(account, "wrong")).code).toBe("auth.password_invalid");
    expect((await login(account, right)).status).toBe(200);
  });

  it("is no faster with forty simultaneous attempts at two servers", async () => {
    const account = await clerk();
    const tries = await Promise.all(
      Array.from({ length: 40 }, (_, n) => login(account, "wrong", newAddress(), n % 2 ? one : other)),
    );
    expect(tries.filter(({ code }) => code === "auth.password_invalid").length).toBeLessThanOrEqual(5);
    expect(tries.every(({ code }) => code === "auth.password_invalid" || code === "auth.locked")).toBe(true);
  });

  it("of an unknown account is delayed in the same way, and the typed name is not stored", async () => {
    for (let n = 0; n < 5; n++) expect((await login("nobody-here", "wrong")).code).toBe("auth.password_invalid");
    expect((await login("Nobody-Here", "wrong")).code).toBe("auth.locked");
    const connection = await connect(uri, name);
    const stored = JSON.stringify(await connection.collection("login_throttles").find().toArray());
    await connection.close();
    expect(stored).toContain("account:");
    expect(stored).not.toMatch(/nobody|198\.51/i);
  });

  it("of many accounts from one address is limited by the address, even between successful logins", async () => {
    const from = newAddress();
    const own = await clerk();
    for (let n = 0; n < 49; n++)
      expect((await login(`stranger-${n}`, "wrong", from)).code).toBe("auth.password_invalid");
    expect((await login(own, right, from)).status).toBe(200);
    expect((await login("stranger-49", "wrong", from)).code).toBe("auth.password_invalid");
    expect(await login("stranger-50", "wrong", from)).toMatchObject({ code: "auth.locked", retryAfter: 60 });
    clock.pass(1);
    // A right password clears only that account's failures, not those of the address.
    expect((await login(own, right, from)).status).toBe(200);
    expect((await login("stranger-51", "wrong", from)).code).toBe("auth.password_invalid");
    expect((await login(own, right, from)).code).toBe("auth.locked");
    expect((await login(own, right)).status).toBe(200);
  });
});

describe("guessing the code of a phone", () => {
  it("is recorded each time, also the fifth, whose answer says that the code is used up", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const before = await failures("phone");
    const told: (string | null)[] = [];
    for (let n = 0; n < 5; n++) told.push((await verify(phone, wrong(code))).code);
    expect(told).toEqual([...Array.from({ length: 4 }, () => "auth.otp_invalid"), "auth.otp_expired"]);
    expect(await failures("phone")).toBe(before + 5);
    // Without a code there is nothing to guess, so no row is written and nobody is locked out.
    for (let n = 0; n < 20; n++) expect((await verify(phone, "123456")).code).toBe("auth.otp_expired");
    expect(await failures("phone")).toBe(before + 5);
    expect((await verify(phone, await codeFor(phone))).status).toBe(200);
  });

  it("is delayed after two codes, however many new codes are sent", async () => {
    const phone = newPhone();
    for (let codes = 0; codes < 2; codes++) {
      const code = await codeFor(phone);
      for (let n = 0; n < 5; n++) await verify(phone, wrong(code), newAddress(), n % 2 ? one : other);
    }
    const code = await codeFor(phone);
    expect(await verify(phone, code)).toEqual({ status: 429, code: "auth.locked", retryAfter: 60 });
    clock.pass(1);
    expect((await verify(phone, code)).status).toBe(200);
  });

  it("with thirty simultaneous attempts checks five, and those five are recorded", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const before = await failures("phone");
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, n) => verify(phone, wrong(code), newAddress(), n % 2 ? one : other)),
    );
    expect(tries.filter(({ code: told }) => told === "auth.otp_invalid").length).toBeLessThanOrEqual(4);
    expect((await failures("phone")) - before).toBeLessThanOrEqual(5);
    expect(tries.some(({ status }) => status === 200)).toBe(false);
  });
});

describe("many who are right, behind one address", () => {
  it("all get in at the same moment, by codes and by passwords, at two servers, again and again", async () => {
    const from = newAddress();
    for (let round = 0; round < 3; round++) {
      const phones = Array.from({ length: 20 }, newPhone);
      const codes = await Promise.all(phones.map(codeFor));
      const accounts = await Promise.all(Array.from({ length: 12 }, clerk));
      const all = await Promise.all([
        ...phones.map((phone, n) => verify(phone, codes[n]!, from, n % 2 ? one : other)),
        ...accounts.map((account, n) => login(account, right, from, n % 2 ? one : other)),
      ]);
      expect(all.map(({ status, code }) => [status, code])).toEqual(all.map(() => [200, null]));
    }
  });

  it("are not kept out by one whose own account is locked", async () => {
    const from = newAddress();
    const account = await clerk();
    for (let n = 0; n < 5; n++) await login(account, "wrong", from);
    for (let n = 0; n < 100; n++) expect((await login(account, "wrong", from)).code).toBe("auth.locked");
    expect((await login(await clerk(), right, from)).status).toBe(200);
  });

  it("are sent more codes than an address may ask for, since each was used", async () => {
    const from = newAddress();
    const ask = (phone: string) => post(one, "/api/auth/otp", { phone }, from);
    for (let n = 0; n < 65; n++) {
      const phone = newPhone();
      expect((await ask(phone)).status).toBe(200);
      expect((await verify(phone, sent.at(-1) ?? "", from)).status).toBe(200);
    }
    for (let n = 0; n < 60; n++) expect((await ask(newPhone())).status).toBe(200);
    expect((await ask(newPhone())).code).toBe("rate.limited");
  });
});

it("leaves forty guesses a day at most", () => {
  let [seconds, tries] = [0, 0];
  while (seconds < 86_400) seconds += throttleSeconds(++tries, throttlePolicies.account);
  expect(tries).toBeLessThanOrEqual(40);
});
