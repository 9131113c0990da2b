import type { recordOperations } from "../../../../contract/record.ts";
import { DomainError, refuse } from "../../../kernel/errors.ts";
import { isLoopback } from "../../../kernel/loopback.ts";
import { demoAccounts } from "../../../demo/accounts.ts";
import { listNotices } from "../../usecases/notify/list-notices.ts";
import { markRead } from "../../usecases/notify/mark-read.ts";
import { listLog } from "../../../log/usecases/list-log.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentLogRow, presentNotice } from "../../presenters/requests/record.ts";

type FileKeys = "POST /api/uploads" | "GET /api/files/:id";

export const recordRoutes: Handlers<Exclude<keyof typeof recordOperations, FileKeys>> = {
  "GET /api/log": async ({ deps, actor, query }) => {
    const { items, nextCursor, words } = await listLog(deps, actor, query);
    return { items: items.map((row) => presentLogRow(actor, row, words)), nextCursor };
  },
  "GET /api/inbox": async ({ deps, actor, query }) => {
    const { items, nextCursor, unread } = await listNotices(deps, actor, query.limit, query.cursor);
    return { items: items.map(presentNotice), nextCursor, unread };
  },
  "POST /api/inbox/read": async ({ deps, actor, body }) => ({ unread: await markRead(deps, actor, body) }),
  "GET /api/demo/accounts": async ({ deps, address }) => {
    if (!deps.demo || !isLoopback(address)) refuse("route.unknown");
    return { items: demoAccounts(), nextCursor: null };
  },
  "GET /healthz": async () => ({ ok: true }),
  "GET /readyz": async ({ deps }) => {
    const reasons = await deps.notReady();
    if (reasons.length) throw new DomainError("server.not_ready", { reasons });
    return { ok: true };
  },
};
