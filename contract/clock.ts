import { z } from "zod";
import { Instant, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";

const plea = z.object({ until: Instant, reason: text(200) });
const reason = z.object({ reason: text(200) });

/** More time (延期), or a clock that stands still (挂账): asked by the handler, decided by the committee. */
export const clockOperations = {
  "POST /api/requests/:id/ask-extension": step("申请延期至 until", plea, "request.until_invalid"),
  "POST /api/requests/:id/approve-extension": step("同意延期", z.object({}), "request.until_invalid"),
  "POST /api/requests/:id/refuse-extension": step("不同意延期", reason),
  "POST /api/requests/:id/ask-suspension": step("申请挂账至 until", plea, "request.until_invalid"),
  "POST /api/requests/:id/approve-suspension": step("同意挂账，时限暂停", z.object({}), "request.until_invalid"),
  "POST /api/requests/:id/refuse-suspension": step("不同意挂账", reason),
  "POST /api/requests/:id/resume": step("恢复办理，时限继续", z.object({})),
} as const satisfies Record<OperationKey, Operation>;
