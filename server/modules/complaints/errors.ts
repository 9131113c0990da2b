import type { ErrorTable } from "../../kernel/errors.ts";

type ComplaintErrorCode = "complaint.unknown" | "complaint.answered";

declare module "../../kernel/errors.ts" {
  interface ErrorRegistry extends Record<ComplaintErrorCode, unknown> {}
}

export const complaintErrors: ErrorTable<ComplaintErrorCode> = {
  "complaint.unknown": [404, "没有找到这条投诉，请刷新列表。"],
  "complaint.answered": [409, "这条投诉刚刚已有答复，请刷新后查看。"],
};
