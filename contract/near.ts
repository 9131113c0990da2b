import { z } from "zod";
import { CadreCard, CommunityId, Id, Instant, ServiceCode, page, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { Status } from "./request.ts";
import { step } from "./request-operations.ts";

/**
 * An open request that may be about the same matter. It has nothing that identifies its resident, and none of the
 * resident's words.
 */
const NearRequest = z
  .object({
    id: Id,
    serviceTitle: z.string(),
    building: z.string(),
    status: Status,
    submittedAt: Instant,
    handler: CadreCard.nullable(),
    followers: z.number().int(),
    alike: z.boolean().describe("the words are much alike"),
    mine: z.enum(["filed", "followed"]).nullable(),
  })
  .meta({ id: "NearRequest" });
export type NearRequest = z.infer<typeof NearRequest>;

export const nearOperations = {
  "POST /api/requests/near": {
    summary: "提交前看看：同事项、同楼栋、72 小时内、未办结的诉求，可以跟进，不必再提交",
    tag: "跟进",
    budget: "query",
    access: "user",
    // The input is in the body, since free text must not be in an address.
    body: z.object({
      communityId: CommunityId,
      serviceCode: ServiceCode,
      description: text(1000),
      building: text(20).optional().describe("default: the caller's own"),
    }),
    reply: page(NearRequest),
    errors: ["rate.limited"],
  },
  "POST /api/requests/:id/follow": step("跟进邻居已经提交的诉求，看得到进度", z.object({})),
  "POST /api/requests/:id/unfollow": step("取消跟进", z.object({})),
} as const satisfies Record<OperationKey, Operation>;
