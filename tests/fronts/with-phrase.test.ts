import { expect, it } from "vitest";
import { withPhrase } from "../../fronts/with-phrase.ts";

const phrases = ["已约好上门时间", "配件已订，等到货"] as const;

it.each([
  ["  ", phrases[0]],
  ["配件已订，等到货", phrases[0]],
  ["轮椅放在一楼。 ", "轮椅放在一楼。\n已约好上门时间"],
  ["轮椅放在一楼。\n配件已订，等到货", "轮椅放在一楼。\n配件已订，等到货\n已约好上门时间"],
])("a phrase picked after %j takes nothing away of what was written", (text, expected) => {
  expect(withPhrase(text, phrases[0], phrases)).toBe(expected);
});
