import { coreRegister } from "../../server/core/domain/privacy/core-register.ts";
import { type DataRegister, protections } from "../../server/kernel/personal-data.ts";
import { dataRegister } from "../../server/modules/index.ts";
import { table } from "./markdown.ts";

const grounds = { consent: "（一）同意", contract: "（二）合同或人事管理", duty: "（三）法定职责" } as const;
const stand = {
  sealed: "加密",
  hashed: "密文散列",
  words: "文字（手机号、证件号已遮盖）",
  clear: "可读",
} as const;
const long = (name: string): string => {
  const { days, from } = dataRegister.periods[name]!;
  if (days === null) return from;
  return `${from}后 ${days % 365 === 0 ? `${days / 365} 年` : `${days} 天`}`;
};

/** The personal data of residents or staff in a register, as a table, or one word when there are none. */
export function personalDataRows({ personal }: DataRegister, whose: "resident" | "staff"): string {
  const rows = personal
    .filter((kept) => kept.whose === whose)
    .map(({ what, why, ground, kept, closing, at }) => {
      const where = protections.flatMap((stands) => (at[stands]?.length ? [stand[stands]] : [])).join("；");
      return [what, why, grounds[ground], long(kept), where, closing];
    });
  return rows.length === 0 ? "没有。" : table(["是什么", "为什么", "依据", "留多久", "在数据库里", "注销账号时"], rows);
}

/** The fields of a register and how each is stored; fields that belong together share a line. */
export const personalDataFields = ({ personal }: DataRegister): string =>
  personal
    .map(({ what, at }) => {
      const paths = protections.flatMap((stands) => (at[stands] ?? []).map((path) => `\`${path}\` ${stand[stands]}`));
      return `- **${what}**：${paths.join("，")}`;
    })
    .join("\n");

/** docs/privacy.md */
export const printPrivacy = (): string => `# 个人信息

由 \`server/core/domain/privacy/personal-data.ts\` 打印，测试保证一致：数据库里多一个字段而没有写进来，或写了而没有，\`npm test\` 都不通过。保留期由任务
\`retention\`（\`server/core/jobs/retention.ts\`）执行，期限写在 \`server/core/domain/privacy/retention-periods.ts\`。合法性基础是《个人信息保护法》第十三条的建议对应，
由运营单位在影响评估（第五十五条）里确定。

## 居民

${personalDataRows(coreRegister, "resident")}

## 工作人员

${personalDataRows(coreRegister, "staff")}

## 模块

各模块留着的，用同样的表印在[模块的页](modules/)上，由模块的 \`personal-data.ts\` 得出；同样由测试核对，同样到期、注销时抹去。

## 不收集

证件号不收；写进文字里的手机号、证件号在存下来以前遮盖。不取定位；照片重新编码，拍摄地点与机型不留。

## 台账

到期或注销时抹去的是行里的内容（\`payload\` 与检索词），行的时间、步骤与封印留下：封印盖住的是内容的散列，所以 \`npm run log:verify\` 照样核对得通过。

## 备份与恢复

备份里是备份那一刻的全部个人信息，到备份销毁为止：备份不改。注销账号时，账号的编号与时间（没有别的）另记在数据库之外的 \`DATA_DIR/erasures.jsonl\`；
\`npm run restore\` 装好备份以后，先照这份记录把注销了的人再抹去一遍，把保留期已满的也抹去，才算恢复好（\`tests/server/operations/erasures.test.ts\`）。

## 每个字段

加密：AES-256-GCM，密钥在数据库以外；密文散列：HMAC-SHA-256，查得到、读不出。

${personalDataFields(coreRegister)}
`;
