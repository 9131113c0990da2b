import { describe, expect, it } from "vitest";
import { fitField, timeField } from "../../server/core/domain/community/template-fields.ts";

/** WeChat's limits, as documented. */
const takes: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  character_string: /^[\x20-\x7E]{1,32}$/,
  name: /^(\p{Script=Han}{1,10}|[\x20-\x7E]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  time: /^.{1,24}$/u,
  phone_number: /^[\d+-]{1,17}$/,
  number: /^[\d.]{1,32}$/,
};

describe("a field of a subscribe message", () => {
  it.each([
    ["thing1", "代取包裹", "代取包裹"],
    ["thing1", "二十个字正好放得下一二三四五六七八九十", "二十个字正好放得下一二三四五六七八九十"],
    ["thing1", "公共设施与健身器材损坏报修及更换申请（含路灯）", "公共设施与健身器材损坏报修及更换申请（…"],
    ["thing1", "第一行\n第二行", "第一行 第二行"],
    ["thing1", "😀".repeat(30), `${"😀".repeat(19)}…`],
    ["name2", "林晓慧", "林晓慧"],
    ["name2", "阿依古丽·买买提江·吾甫尔", "阿依古丽买买提江吾甫"],
    ["name2", "Maria Fernández de la Vega", "Maria Fernndez de la"],
    ["phrase3", "已办结待评价", "已办结待评"],
    ["phrase3", "待补充", "待补充"],
    ["character_string4", "4T7K-9QX2-M", "4T7K-9QX2-M"],
    [
      "character_string4",
      "编号 4T7K-9QX2-M，请记好，别弄丢 4T7K-9QX2-M 4T7K-9QX2-M",
      "4T7K-9QX2-M 4T7K-9QX2-M 4T7K-9QX",
    ],
    ["thing1", "", "请点开查看"],
    ["name2", "", "店小二"],
    ["phrase3", "OK", "请查看"],
  ])("%s of «%s» is «%s»", (field, value, fitted) => {
    expect(fitField(field, value).replaceAll(/ +/g, " ")).toBe(fitted);
  });

  it("meets WeChat's limits for any text", () => {
    const words = ["", " ", "a", "王", "王".repeat(60), "x".repeat(60), "🏠".repeat(40), "1\n2\t3", "·", "Ünïcödé 王", "138 0000 0000"];
    for (const [kind, pattern] of Object.entries(takes)) {
      for (const word of words) expect(fitField(`${kind}1`, word), `${kind} of «${word}»`).toMatch(pattern);
    }
  }); // prettier-ignore

  it("formats a time in Shanghai, across the end of a year", () => {
    expect(timeField(new Date("2026-03-02T12:40:00Z"))).toBe("2026年3月2日 20:40");
    expect(timeField(new Date("2025-12-31T16:05:00Z"))).toBe("2026年1月1日 00:05");
  });
});
