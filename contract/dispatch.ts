import { z } from "zod";
import { text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";

/** The operation to decline an offer. A cadre accepts an offer with a claim. */
export const dispatchOperations = {
  "POST /api/requests/:id/decline": step("婉拒派给自己的诉求，转给下一位", z.object({ reason: text(200) })),
} as const satisfies Record<OperationKey, Operation>;
