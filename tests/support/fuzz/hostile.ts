import type { Random } from "../../../server/demo/random.ts";

/** Parses JSON, so that `__proto__` becomes an own key of the value. */
const parsed = (json: string): unknown => JSON.parse(json);

const deep = (open: string, shut: string, levels: number): unknown =>
  parsed(`${open.repeat(levels)}1${shut.repeat(levels)}`);

/** Texts that are difficult to store, show, search or cut. */
export const awkward: readonly string[] = [
  "", " ", "\n", "\t \t", "0", "null", "undefined", "true", "NaN", "[object Object]",
  // Control characters, direction marks, zero-width characters, byte order marks.
  "甲\u0000乙", "\u0001\u0007\u001B[31m", "\u007F", "\u0085", "\u202E倒过来\u202C", "\u2066\u2069", "\u200B\u200D\uFEFF", "\u2028\u2029",
  // Lone surrogates, characters outside of the BMP, grapheme clusters of many code points.
  "\uD800", "尾\uDC00", "\uD83D家\uDE00", "𠮷𡈽𪚥𠀀𠂢", "👩‍👩‍👧‍👦🏳️‍🌈", "e\u0301\u0301\u0301", "Z\u0335\u0321\u0353a\u0337", "ﷺ", "ａｄｍｉｎ", "１３８００００００００",
  // Syntax of other languages: queries, templates, HTML, paths, formulas, headers.
  "$gt", "$where", "$ne", "a.b.c", "a.$.b", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty",
  "' OR '1'='1", "\"; drop table users; --", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
  "../../../../etc/passwd", "..\\..\\windows", "%00", "%2e%2e%2f", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "\r\nSet-Cookie: a=b",
  // Numbers that must be masked, invalid dates.
  "13912345678", "310101199001011234", "9999-12-31T23:59:59Z", "0000-01-01", "+275760-09-13T00:00:00Z", "2026-02-30", "2026-13-01T00:00:00Z",
  "0".repeat(24), "f".repeat(24), "F".repeat(24), "g".repeat(24), "1".repeat(40), "W10", "WzEsMl0", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
]; // prettier-ignore

/** Values that are no text. */
const others: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -0,
  () => -1,
  () => 0.1,
  () => 1e308,
  () => -1e308,
  () => 2 ** 53,
  () => parsed("9007199254740993"),
  () => [],
  () => ({}),
  () => [[]],
  () => ({ $gt: "" }),
  () => ({ $ne: null }),
  () => ({ $where: "sleep(9999)" }),
  () => ({ $in: ["", null] }),
  () => ({ $regex: "(a+)+$", $options: "i" }),
  () => ({ $set: { role: "admin" } }),
  () => ({ $oid: "0".repeat(24) }),
  () => ({ $date: 0 }),
  () => ({ length: 1e9 }),
  () => ({ toString: "x", valueOf: 1 }),
  () => ({ toJSON: "x" }),
  () => parsed('{"then":"x"}'),
  () => parsed('{"__proto__":{"role":"admin","polluted":true}}'),
  () => parsed('{"constructor":{"prototype":{"polluted":true}}}'),
  () => Array.from({ length: 2_000 }, (_, n) => n),
  () => Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, n])),
  () => deep("[", "]", 400),
  () => deep('{"a":', "}", 400),
];

/** A hostile value; rarely a very large one. */
export function hostileValue(random: Random): unknown {
  const kind = random.next();
  if (kind < 0.5) return random.pick(awkward);
  if (kind < 0.58) return `${random.pick(awkward)}${random.pick(awkward)}`;
  if (kind < 0.62) return random.pick(["长", "𠮷", "\uD800", "a", "1"]).repeat(random.pick([41, 201, 1001, 5_000]));
  if (kind < 0.625) return "长".repeat(1_700_000);
  return random.pick(others)();
}

/** Hostile text for an address or a header. */
export const hostileText = (random: Random): string =>
  random.chance(0.9) ? random.pick(awkward) : random.pick(["长", "a", "."]).repeat(random.pick([300, 3_000]));
