import type { auditOperations } from "../../../../contract/audit.ts";
import { listAudit } from "../../usecases/audit/list-audit.ts";
import { exportAnchors, verifyLogPart } from "../../usecases/audit/verify-log.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentLogRow } from "../../presenters/requests/record.ts";
import { instant } from "../../presenters/time.ts";

export const auditRoutes: Handlers<keyof typeof auditOperations> = {
  "GET /api/audit": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listAudit(deps, actor, query);
    return { items: items.map((row) => presentLogRow(actor, row)), nextCursor };
  },
  "GET /api/log/anchors": async ({ deps, actor, query }) => {
    const file = await exportAnchors(deps, actor, query.communityId);
    const communities = Object.entries(file.communities).map(([id, anchors]) => [id, [...anchors]]);
    return { ...file, communities: Object.fromEntries(communities) };
  },
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
