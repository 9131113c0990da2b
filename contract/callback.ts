import { z } from "zod";
import { text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";

/** The result of a callback (回访). After `unreached` it is still due. */
export const CallbackAnswer = z.enum(["satisfied", "unsatisfied", "unreached"]);
export type CallbackAnswer = z.infer<typeof CallbackAnswer>;

export const callbackOperations = {
  "POST /api/requests/:id/call-back": step(
    "居委会记下回访：对不满意的评价，由经办人以外的人在一个工作日内打电话",
    z.object({ answer: CallbackAnswer, text: text(500) }),
  ),
} as const satisfies Record<OperationKey, Operation>;
