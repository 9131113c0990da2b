import type { auditOperations } from "../../../contract/audit.ts";
import { verifyLogPart } from "../../usecases/audit/verify-log.ts";
import type { Handlers } from "../handler.ts";
import { instant } from "../presenters/time.ts";

export const auditRoutes: Handlers<keyof typeof auditOperations> = {
  "POST /api/log/verify": async ({ deps, actor, body }) => {
    const { at, rows, tail, done, fault } = await verifyLogPart(deps, actor, body);
    return {
      at: instant(at),
      rows,
      upTo: tail.pos,
      seal: tail.seal,
      done,
      fault: fault && { pos: fault.pos, kind: fault.kind },
    };
  },
};
