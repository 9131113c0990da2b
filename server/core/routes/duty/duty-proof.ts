import type { dutyProofOperations } from "../../../../contract/duty-proof.ts";
import { readDutyProof } from "../../usecases/duty/read-duty-proof.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentDutyProof } from "../../presenters/duty/duty-proof.ts";

export const dutyProofRoutes: Handlers<keyof typeof dutyProofOperations> = {
  "GET /api/communities/:id/duty-proof": async ({ deps, actor, params, query }) =>
    presentDutyProof(actor, await readDutyProof(deps, actor, { communityId: params.id, ...query })),
};
