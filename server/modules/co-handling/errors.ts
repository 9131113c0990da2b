import { type ErrorTable, parameterText } from "../../kernel/errors.ts";

type CoHandlingErrorCode =
  | "organization.unknown"
  | "task.unknown"
  | "task.not_allowed"
  | "task.state_conflict"
  | "task.progress_full";

declare module "../../kernel/errors.ts" {
  interface ErrorRegistry extends Record<CoHandlingErrorCode, unknown> {}
}

export const coHandlingErrors: ErrorTable<CoHandlingErrorCode> = {
  "organization.unknown": [422, "没有找到这家协办单位，可能已退出本社区。请重新选择。"],
  "task.unknown": [404, "没有找到这项协办任务，可能已改派或不属于您的单位。请返回列表查看。"],
  "task.not_allowed": [403, "这一步不由您来做。请刷新，看看现在能做什么。"],
  "task.state_conflict": [409, "这项协办任务的状态刚刚变了，请刷新后再看能做什么。"],
  "task.progress_full": [409, (p) => `进展最多记 ${parameterText(p["most"])} 条，请写办理结果，或联系首接干部。`],
};
