import { z } from "zod";
import { CommunityId, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";

/**
 * Transfer of a request to another community. The first community asks, the other one decides, and the clocks go on.
 */
export const transferOperations = {
  "POST /api/requests/:id/ask-transfer": step(
    "请另一个社区接办；对方同意前仍由本社区办理，时限不变",
    z.object({ to: CommunityId, reason: text(200) }),
    "community.unknown",
    "transfer.not_there",
  ),
  "POST /api/requests/:id/recall-transfer": step("撤回转办", z.object({})),
  "POST /api/requests/:id/accept-transfer": step("同意接办，进入本社区队列", z.object({}), "transfer.not_there"),
  "POST /api/requests/:id/refuse-transfer": step("不接办，说明原因", z.object({ reason: text(200) })),
} as const satisfies Record<OperationKey, Operation>;
