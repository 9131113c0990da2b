import { z } from "zod";
import { Instant, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";

const timeRequest = z.object({ until: Instant, reason: text(200) });
const reason = z.object({ reason: text(200) });

/** Extension (延期) and suspension (挂账) of a request's clocks: the handler asks, the committee decides. */
export const clockOperations = {
  "POST /api/requests/:id/ask-extension": step("申请延期至 until", timeRequest, "request.until_invalid"),
  "POST /api/requests/:id/approve-extension": step("同意延期", z.object({}), "request.until_invalid"),
  "POST /api/requests/:id/refuse-extension": step("不同意延期", reason),
  "POST /api/requests/:id/ask-suspension": step("申请挂账至 until", timeRequest, "request.until_invalid"),
  "POST /api/requests/:id/approve-suspension": step("同意挂账，时限暂停", z.object({}), "request.until_invalid"),
  "POST /api/requests/:id/refuse-suspension": step("不同意挂账", reason),
  "POST /api/requests/:id/resume": step("恢复办理，时限继续", z.object({})),
} as const satisfies Record<OperationKey, Operation>;
