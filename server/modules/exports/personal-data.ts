import type { DataRegister } from "../../kernel/personal-data.ts";

const ofStaff = { not: "工作人员的数据，由所在单位按人事规定提供" } as const;

/** The personal data of exports. */
export const exportData = {
  personal: [
    {
      ...{ what: "导出的表格（整份加密）", whose: "resident", why: "走访、报表，写明理由并记入台账", ground: "duty" },
      ...{ kept: "exportFile", closing: "一天内删除", handed: { not: "内容与“诉求”相同" } },
      at: { sealed: ["export_bytes.chunks.data"] },
    },
    {
      ...{ what: "谁为什么导出", whose: "staff", why: "导出要留痕", ground: "duty", kept: "exportAsked" },
      ...{ closing: "留到期满", handed: ofStaff },
      at: { words: ["exports.reason", "exports.filter"], clear: ["exports.userId", "exports.role", "exports.askedAt"] },
    },
  ],
  impersonal: [
    ...["export_bytes.files", "export_bytes.chunks._id", "export_bytes.chunks.files_id", "export_bytes.chunks.n"],
    ...["exports._id", "exports.kind", "exports.format", "exports.state", "exports.rows", "exports.bytes"],
    ...["exports.finishedAt", "exports.lease"],
  ],
  periods: {
    exportFile: { days: 1, from: "导出完成" },
    exportAsked: { days: 3 * 365, from: "申请导出" },
  },
} as const satisfies DataRegister;
