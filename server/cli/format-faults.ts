import type { FaultKind, LogReport } from "../log/verify-log.ts";

/** What the operator should do next, by kind of fault. */
const nextSteps: Readonly<Record<FaultKind, string>> = {
  log: "台账本身对不上：不要再改数据库，先照现状做一份备份，再用改动以前的备份和导出的每日签名（log:verify -- --against）找出从哪一行起被改过。",
  state:
    "上面的值不是任何一步办理写下的，以台账为准：查清谁直接改了数据库，收回权限；把字段改回台账推出的值，再核对一次。",
  post: "岗位只该由邀请、开号与离岗改动，以台账为准：先停掉那个账号的登录，查清谁直接改了数据库；多出来的岗位在控制台办离岗，少掉的重新邀请。",
  derived: "数字一律以台账为准：用 npm run rollups:rebuild 从台账重新算出，并查清谁直接改了数据库。",
  gone: "单据只能在数据库里直接删掉或退回：从改动以前的备份里找回，并查清谁有权改。",
};

/** The faults of a verification as lines, and the next step for each kind. */
export function formatFaults({ faults, more }: Pick<LogReport, "faults" | "more">): string[] {
  const kinds = new Set(faults.map(({ kind }) => kind));
  return [
    ...faults.map(({ where, what }) => `不符：${where}：${what}`),
    ...(more ? [`另有 ${more} 处没有列出。`] : []),
    ...[...kinds].map((kind) => `下一步：${nextSteps[kind]}`),
  ];
}
