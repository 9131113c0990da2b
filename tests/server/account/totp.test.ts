import { describe, expect, it } from "vitest";
import { createSecondFactors } from "../../../server/adapters/identity/second-factors.ts";

const factors = createSecondFactors();
/**
 * The secret `12345678901234567890` of RFC 6238, appendix B. Its codes have eight digits; ours are the last six of
 * them.
 */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number): Date => new Date(seconds * 1000);

describe("a code of an authenticator", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("%i seconds after 1970 is that of RFC 6238", (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(factors.stepOf(secret, code, at(seconds))).toBe(step);
    for (const off of [-1, 1]) expect(factors.stepOf(secret, code, at((step + off) * 30))).toBe(step);
    for (const off of [-2, 2]) expect(factors.stepOf(secret, code, at((step + off) * 30))).toBeNull();
  });

  it.each(["", "28708", "2870820", "abcdef", " 87082", "0287082"])("is invalid: %j", (code) => {
    expect(factors.stepOf(secret, code, at(59))).toBeNull();
  });

  it("has a random secret of 160 bits", () => {
    const made = Array.from({ length: 50 }, () => factors.newSecret());
    expect(new Set(made).size).toBe(50);
    for (const each of made) expect(each).toMatch(/^[A-Z2-7]{32}$/);
  });
});
