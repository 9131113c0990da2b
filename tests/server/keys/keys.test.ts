import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Sealed } from "../../../server/core/domain/requests/request-content.ts";
import { createPasswords } from "../../../server/adapters/identity/passwords.ts";
import { createTokens } from "../../../server/adapters/identity/tokens.ts";
import { type KeyRing, createKeys, loadKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";

const now = new Date("2026-03-02T20:40:00+08:00");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** The ring after a rotation: a new newest key for every purpose, with the old keys kept. */
const rotated = (ring: KeyRing): KeyRing => {
  const fresh = newKeyRing();
  return Object.fromEntries(
    Object.entries(ring).map(([purpose, keys]) => [purpose, [...keys, ...fresh[purpose as keyof KeyRing]]]),
  ) as KeyRing;
};

describe("sealed fields", () => {
  const keys = createKeys(newKeyRing());
  it("decrypt to the original, and look different each time", () => {
    const [one, two] = [keys.seal("13800000001", "phone"), keys.seal("13800000001", "phone")];
    expect(one).not.toBe(two);
    expect(keys.open(one, "phone")).toBe("13800000001");
  });
  it("do not decrypt in another context, with another ring, or when a byte was changed", () => {
    const sealed = keys.seal("1单元", "unit");
    expect(() => keys.open(sealed, "room")).toThrow();
    expect(() => createKeys(newKeyRing()).open(sealed, "unit")).toThrow(/not in the key ring/);
    const changed = `${sealed.slice(0, -2)}${sealed.at(-2) === "A" ? "B" : "A"}${sealed.at(-1)}` as Sealed;
    expect(() => keys.open(changed, "unit")).toThrow();
  });
  it("stay readable after a rotation, and new ones carry the new key's id", () => {
    const ring = newKeyRing();
    const sealed = createKeys(ring).seal("101", "room");
    const after = createKeys(rotated(ring));
    expect(after.open(sealed, "room")).toBe("101");
    expect(after.seal("101", "room").split(":")[0]).not.toBe(sealed.split(":")[0]);
  });
});

describe("a key ring's file", () => {
  it("is created once, readable by its owner only, and does not change", async () => {
    const folder = await mkdtemp(join(tmpdir(), "keys-"));
    afterAll(() => rm(folder, { recursive: true }));
    const path = join(folder, "deep", "keys.json");
    const [one, two] = await Promise.all([loadKeys(path), loadKeys(path)]);
    expect(two.open(one.seal("x", "phone"), "phone")).toBe("x");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe("access tokens", () => {
  const ring = newKeyRing();
  const tokens = createTokens(createKeys(ring));
  const token = tokens.issueAccess("u".repeat(24), "s".repeat(24), now);
  it("contain user and session, and are valid for 15 minutes", () => {
    const said = {
      userId: "u".repeat(24),
      sessionId: "s".repeat(24),
      issuedAt: later(0),
      expiresAt: later(15),
      authenticatedAt: null,
    };
    expect(tokens.verifyAccess(token, later(14))).toEqual(said);
    expect(tokens.verifyAccess(token, later(15))).toBeNull();
  });
  it("are still valid after a rotation, but not with another ring", () => {
    expect(createTokens(createKeys(rotated(ring))).verifyAccess(token, now)).not.toBeNull();
    expect(createTokens(createKeys(newKeyRing())).verifyAccess(token, now)).toBeNull();
  });
  it.each([
    ["no signature", () => `${token.split(".").slice(0, 2).join(".")}.`],
    ["the algorithm none", () => [btoa('{"alg":"none","kid":"x"}'), token.split(".")[1], ""].join(".")],
    [
      "another body",
      () => [token.split(".")[0], btoa('{"sub":"x","sid":"y","exp":9999999999}'), token.split(".")[2]].join("."),
    ],
  ])("with %s are none", (_what, forged) => {
    expect(tokens.verifyAccess(forged(), now)).toBeNull();
  });
});

describe("passwords", () => {
  const passwords = createPasswords();
  it("are hashed by argon2id with a salt, and verified", async () => {
    const [one, two] = [await passwords.hash("芝麻开门"), await passwords.hash("芝麻开门")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.verify("芝麻开门", one)).toBe(true);
    expect(await passwords.verify("芝麻关门", one)).toBe(false);
    expect(await passwords.verify("芝麻开门", null)).toBe(false);
  });
});
