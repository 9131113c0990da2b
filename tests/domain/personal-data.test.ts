import { describe, expect, it } from "vitest";
import { exportParts, goesBefore } from "../../server/core/domain/privacy/kept-data.ts";
import { protections } from "../../server/kernel/personal-data.ts";
import { dataRegister } from "../../server/modules/index.ts";

const { personal: personalData, periods } = dataRegister;

const grounds = { consent: "（一）同意", contract: "（二）合同或人事管理", duty: "（三）法定职责" } as const;
const stand = {
  sealed: "加密",
  hashed: "密文散列",
  words: "文字（手机号、证件号已遮盖）",
  clear: "可读",
} as const;
const long = (name: string): string => {
  const { days, from } = periods[name]!;
  if (days === null) return from;
  return `${from}后 ${days % 365 === 0 ? `${days / 365} 年` : `${days} 天`}`;
};

describe("the file of personal data", () => {
  it("has for whatever is a resident's a part of the export, or says why not", () => {
    const handed = personalData.flatMap(({ handed: part }) => (typeof part === "string" ? [part] : []));
    expect([...new Set(handed)].toSorted()).toEqual([...exportParts, "complaints"].toSorted());
    for (const { whose, handed: part } of personalData) {
      if (whose === "staff") expect(typeof part).toBe("object");
    }
  });

  it("lists no field twice", () => {
    const all = personalData.flatMap(({ at }) => protections.flatMap((stands) => at[stands] ?? []));
    // The bytes of pictures and of exports are kept in two collections; each is named once.
    expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
  });

  it("counts a period back from now, and refuses one that no day ends", () => {
    expect(goesBefore("session", new Date("2026-03-31T00:00:00Z"))).toEqual(new Date("2026-03-01T00:00:00Z"));
    expect(() => goesBefore("account", new Date())).toThrow(RangeError);
  });

  it("is docs/privacy.md (vitest -u writes it anew)", async () => {
    const rows = (whose: "resident" | "staff"): string =>
      personalData
        .filter((kept) => kept.whose === whose)
        .map(({ what, why, ground, kept, closing, at }) => {
          const where = protections.flatMap((stands) => (at[stands]?.length ? [stand[stands]] : [])).join("；");
          return `| ${[what, why, grounds[ground], long(kept), where, closing].join(" | ")} |`;
        })
        .join("\n");
    const fields = personalData
      .map(({ what, at }) => {
        const paths = protections.flatMap((stands) => (at[stands] ?? []).map((path) => `\`${path}\` ${stand[stands]}`));
        return `- **${what}**：${paths.join("，")}`;
      })
      .join("\n");
    await expect(`# 个人信息

由 \`server/core/domain/privacy/personal-data.ts\` 打印，测试保证一致：数据库里多一个字段而没有写进来，或写了而没有，\`npm test\` 都不通过。保留期由任务
\`retention\`（\`server/core/jobs/retention.ts\`）执行，期限写在 \`server/core/domain/privacy/kept-data.ts\`。合法性基础是《个人信息保护法》第十三条的建议对应，
由运营单位在影响评估（第五十五条）里确定。

## 居民

| 是什么 | 为什么 | 依据 | 留多久 | 在数据库里 | 注销账号时 |
|---|---|---|---|---|---|
${rows("resident")}

## 工作人员

| 是什么 | 为什么 | 依据 | 留多久 | 在数据库里 | 注销账号时 |
|---|---|---|---|---|---|
${rows("staff")}

## 不收集

证件号不收；写进文字里的手机号、证件号在存下来以前遮盖。不取定位；照片重新编码，拍摄地点与机型不留。

## 台账

到期或注销时抹去的是行里的内容（\`payload\` 与检索词），行的时间、步骤与封印留下：封印盖住的是内容的散列，所以 \`npm run log:verify\` 照样核对得通过。

## 备份与恢复

备份里是备份那一刻的全部个人信息，到备份销毁为止：备份不改。注销账号时，账号的编号与时间（没有别的）另记在数据库之外的 \`DATA_DIR/erasures.jsonl\`；
\`npm run restore\` 装好备份以后，先照这份记录把注销了的人再抹去一遍，把保留期已满的也抹去，才算恢复好（\`tests/server/operations/erasures.test.ts\`）。

## 每个字段

加密：AES-256-GCM，密钥在数据库以外；密文散列：HMAC-SHA-256，查得到、读不出。

${fields}
`).toMatchFileSnapshot("../../docs/privacy.md");
  });
});
