import { describe, expect, it } from "vitest";
import { datedGapWords, gapWords } from "../../console/lib/roster-words.ts";

const at = (day: number, hour: number, minute = 0): number => day * 1440 + hour * 60 + minute;

describe("hours that nobody works", () => {
  it.each([
    ["within a day", at(3, 17, 30), at(3, 21), "周四 17:30–21:00", "周四 3/5 17:30–21:00"],
    ["over midnight", at(2, 21), at(3, 7, 30), "周三 21:00–周四 7:30", "周三 3/4 21:00–周四 3/5 7:30"],
    ["until the end of a day", at(0, 22), at(1, 0), "周一 22:00–24:00", "周一 3/2 22:00–24:00"],
    ["a whole week", 0, at(7, 0), "周一 0:00–周日 24:00", "周一 3/2 0:00–周日 3/8 24:00"],
  ])("%s", (_what, from, to, words, dated) => {
    expect(gapWords({ from, to })).toBe(words);
    expect(datedGapWords({ monday: "2026-03-02", from, to })).toBe(dated);
  });
});
