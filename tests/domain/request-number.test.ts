import { describe, expect, it } from "vitest";
import { parseRequestNumber, requestNumber } from "../../server/core/domain/requests/request-number.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const drawn = Array.from({ length: 200 }, (_, i) =>
  requestNumber(bytes(i, (i * 7) % 256, (i * 31) % 256, 255 - i, (i * 3) % 256)),
);

describe("request number", () => {
  it.each([
    [bytes(0, 0, 0, 0, 0), /^0000-0000-0$/],
    [bytes(0, 0, 0, 0, 1), /^0000-0001-2$/],
    [bytes(255, 255, 255, 255, 255), /^ZZZZ-ZZZZ-.$/],
  ])("is eight digits of base 32 and a check digit of the same: %s", (random, expected) => {
    expect(requestNumber(random)).toMatch(expected);
  });

  it("is parsed to itself", () => {
    for (const no of drawn) expect(parseRequestNumber(no)).toBe(no);
  });

  it("is parsed from what people type", () => {
    expect(parseRequestNumber(" 0000 0001 2 ")).toBe("0000-0001-2");
    expect(parseRequestNumber("oooo-oooi-2")).toBe("0000-0001-2");
  });

  it("detects every single wrong digit", () => {
    for (const no of drawn.slice(0, 40)) {
      for (const at of [0, 1, 2, 3, 5, 6, 7, 8]) {
        const wrong = no[at] === "7" ? "8" : "7";
        expect(parseRequestNumber(no.slice(0, at) + wrong + no.slice(at + 1))).toBeNull();
      }
    }
  });

  it("detects every swap of two neighbours", () => {
    for (const no of drawn) {
      const digits = no.replaceAll("-", "");
      for (let at = 0; at < 8; at++) {
        if (digits[at] === digits[at + 1]) continue;
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
        expect(parseRequestNumber(swapped)).toBeNull();
      }
    }
  });

  it.each(["", "123", "0000-0001-1", "0000-000!-1", "0000-0001-11"])("refuses %s", (typed) => {
    expect(parseRequestNumber(typed)).toBeNull();
  });
});
