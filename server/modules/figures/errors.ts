import { type ErrorTable, parameterText } from "../../kernel/errors.ts";

type FiguresErrorCode = "figures.period_invalid";

declare module "../../kernel/errors.ts" {
  interface ErrorRegistry extends Record<FiguresErrorCode, unknown> {}
}

export const figuresErrors: ErrorTable<FiguresErrorCode> = {
  "figures.period_invalid": [422, ({ longest }) => `时间段要先起后止，最长 ${parameterText(longest)} 天，请重新选择。`],
};
