import { assertFreshlyAuthenticated } from "../../../core/usecases/accounts/reauthenticate.ts";
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
  loggedFilter,
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
  /** The reason for exporting names, phones and homes in clear, which only the committee may; null: masked. */
  reason: string | null;
}

const SHOWN = 50;

const aboutOf = (id: string) => ({ kind: "export", id, no: null }) as const;

/**
 * Clear exports are for the community's committee. Masked ones are for the community's staff, and for admins in any
 * existing community.
 */
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

/** When the caller last gave a password or a code. */
interface Authenticated {
  authenticatedAt: Date | null;
}

/**
 * Queues an export. Its event, with the reason, is in the outbox before any data are read. Throws `auth.forbidden`
 * (another community, or in clear without being its committee), `auth.reauthentication_required` in clear,
 * `idempotency.key_reused`.
 */
export async function askForExport(
  deps: UsesExports<"clock" | "wakeRelay" | "store">,
  { actor, idempotency, authenticatedAt }: CommandContext & Authenticated,
  wish: ExportWish,
): Promise<ExportJob> {
  const { communityId, kind, format, filter, reason } = wish;
  if (!(await mayExport(deps, actor, { communityId, reason }))) refuse("auth.forbidden");
  if (reason !== null) assertFreshlyAuthenticated(deps, authenticatedAt);
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
  const data = { ...{ kind, format, clear: reason !== null, reason }, filter: loggedFilter(filter) };
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

/** Cancels an unfinished export; a finished one stays. Throws `export.unknown`. */
export async function cancelExport(deps: UsesExports<"clock" | "store">, actor: Actor, id: string): Promise<ExportJob> {
  await readExport(deps, actor, id);
  await deps.exports.cancel(id, deps.clock.now());
  return readExport(deps, actor, id);
}

/**
 * The file of an export, after the download was written to the outbox. Only for the user who asked for it, while the
 * user still has the post. Throws `export.unknown`, `export.not_ready`, `auth.forbidden`,
 * `auth.reauthentication_required` for one in clear, `write.contended`.
 */
export async function fetchExport(
  deps: UsesExports<"clock" | "keys" | "wakeRelay" | "store">,
  { actor, authenticatedAt }: { actor: Actor } & Authenticated,
  id: string,
) {
  const { exports } = deps;
  const job = await runStep(null, {
    async load() {
      const found = await readExport(deps, actor, id);
      if (!(await mayExport(deps, actor, found))) refuse("auth.forbidden");
      if (found.reason !== null) assertFreshlyAuthenticated(deps, authenticatedAt);
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
