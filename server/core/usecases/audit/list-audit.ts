import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type AuditKind, INSTALLATION, typesOf } from "../../domain/audit/audit.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import type { LogRow } from "../../../log/store/log-row.ts";

/** Filters of the audit trail; `from` (inclusive) and `to` (exclusive) are instants. */
export interface AuditQuery {
  communityId?: string | undefined;
  kind?: AuditKind | undefined;
  personId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/**
 * The audit rows of the service log, newest first: of the actor's communities, and for an operator of all communities
 * and the installation. Throws `auth.forbidden`, `cursor.invalid`.
 */
export async function listAudit(deps: Uses<"store">, actor: Actor, query: AuditQuery): Promise<Page<LogRow>> {
  const all =
    actor.role === "admin" ? [...(await deps.store.communities.ids()), INSTALLATION] : [...actor.communityIds];
  if (query.communityId && !all.includes(query.communityId)) refuse("auth.forbidden");
  const filter = {
    communityIds: query.communityId ? [query.communityId] : all,
    types: typesOf(query.kind),
    ...(query.personId ? { personId: query.personId } : {}),
    ...(query.from ? { from: new Date(query.from) } : {}),
    ...(query.to ? { to: new Date(query.to) } : {}),
  };
  return deps.store.log.list(filter, "desc", query.limit, query.cursor);
}
