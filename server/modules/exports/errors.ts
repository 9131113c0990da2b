import type { ErrorTable } from "../../kernel/errors.ts";

type ExportErrorCode = "export.unknown" | "export.not_ready";

declare module "../../kernel/errors.ts" {
  interface ErrorRegistry extends Record<ExportErrorCode, unknown> {}
}

export const exportErrors: ErrorTable<ExportErrorCode> = {
  "export.unknown": [404, "没有找到这份导出，请在导出列表里查看。"],
  "export.not_ready": [409, "文件还没有做好，或已过期、已取消。请在导出列表里查看，过期的请重新导出。"],
};
