import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import {
  type ExportFilter,
  type ExportFormat,
  type ExportJob,
  type ExportKind,
  isDownloadable,
  exportSealContext,
} from "../domain/export.ts";
import type { Uses } from "../../../core/ports.ts";
import type { UsesExports } from "../ports.ts";
import { auditEvent } from "../../../core/usecases/audit/record.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import { takeEventStep } from "../../../kernel/take-aggregate-step.ts";

export interface ExportWish {
  communityId: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: ExportFilter;
  /** Given: names, phones and homes in clear. Only for the committee. */
  reason: string | null;
}

const SHOWN = 50;

const aboutOf = (id: string) => ({ kind: "export", id, no: null }) as const;

/** In clear for its committee only; the operator exports of every community that there is. */
async function mayExport(
  deps: Uses<"store">,
  actor: Actor,
  { communityId, reason }: Pick<ExportWish, "communityId" | "reason">,
): Promise<boolean> {
  if (reason !== null) return hasRole(actor, "committee", communityId);
  return actor.role === "admin"
    ? (await deps.store.communities.find(communityId)) !== null
    : actor.communityIds.includes(communityId);
}

/**
 * Asks for an export. That it was asked for, and why, is in the log before anything is read. Throws `auth.forbidden`
 * (another community; or in clear, and not its committee), `idempotency.key_reused`.
 */
export async function askForExport(
  deps: UsesExports<"clock" | "wakeRelay" | "store">,
  { actor, idempotency }: CommandContext,
  wish: ExportWish,
): Promise<ExportJob> {
  const { communityId, kind, format, filter, reason } = wish;
  if (!(await mayExport(deps, actor, { communityId, reason }))) refuse("auth.forbidden");
  const id = idempotency ? idFromKey(`export:${idempotency.key}`) : newId();
  const blank: ExportJob = {
    id,
    version: 0,
    communityId,
    userId: actor.userId,
    role: actor.role,
    kind,
    format,
    filter,
    reason,
    state: "queued",
    rows: 0,
    bytes: 0,
    askedAt: deps.clock.now(),
    finishedAt: null,
    lease: null,
  };
  const { from, to, ...rest } = filter;
  const data = {
    ...{ kind, format, clear: reason !== null, reason },
    filter: { ...rest, ...(from ? { from: from.toISOString() } : {}), ...(to ? { to: to.toISOString() } : {}) },
  };
  const target = { repository: deps.exports, id, blank, unknown: "export.unknown" as const };
  return takeEventStep(deps, idempotency, target, ({ version }) => ({
    set: {},
    event: auditEvent(actor, blank.askedAt, {
      ...{ version: version + 1, type: "export.asked", communityId, about: aboutOf(id), data },
    }),
  }));
}

/** The caller's exports, newest first. */
export const listExports = (deps: UsesExports<"store">, actor: Actor): Promise<ExportJob[]> =>
  deps.exports.ofUsers(actor.ids, SHOWN);

/** One of the caller's exports. Throws `export.unknown`. */
export async function readExport(deps: UsesExports<"store">, actor: Actor, id: string): Promise<ExportJob> {
  const found = await deps.exports.load(id);
  return found && actor.ids.includes(found.value.userId) ? found.value : refuse("export.unknown");
}

/** Stops an export that is not finished; a finished one stays. Throws `export.unknown`. */
export async function cancelExport(deps: UsesExports<"clock" | "store">, actor: Actor, id: string): Promise<ExportJob> {
  await readExport(deps, actor, id);
  await deps.exports.cancel(id, deps.clock.now());
  return readExport(deps, actor, id);
}

/**
 * The file. Each time it is fetched is in the log first. Only for whoever asked for it, while that person still has
 * the post. Throws `export.unknown`, `export.not_ready`, `auth.forbidden`, `write.contended`.
 */
export async function fetchExport(
  deps: UsesExports<"clock" | "keys" | "wakeRelay" | "store">,
  actor: Actor,
  id: string,
) {
  const { exports } = deps;
  const job = await runStep(null, {
    async load() {
      const found = await readExport(deps, actor, id);
      if (!(await mayExport(deps, actor, found))) refuse("auth.forbidden");
      return { found, steps: [] };
    },
    unchanged: ({ found }) => found,
    decide({ found }) {
      const now = deps.clock.now();
      if (!isDownloadable(found, now)) refuse("export.not_ready");
      const { communityId, kind, format, rows, reason } = found;
      const data = { kind, format, rows, clear: reason !== null };
      const version = found.version + 1;
      return auditEvent(actor, now, { version, type: "export.fetched", communityId, about: aboutOf(id), data });
    },
    save: (event) => exports.saveStep(id, {}, event, null),
    wakeRelay: ({ communityId }) => deps.wakeRelay(communityId),
  });
  const file = await exports.openFile(job);
  if (!file) refuse("export.not_ready");
  return { job, body: deps.keys.openStream(file.keyId, exportSealContext(id), file.body), bytes: job.bytes };
}
