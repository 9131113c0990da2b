import type { Export, exports } from "../../../../contract/modules/exports.ts";
import { dayOf } from "../../../core/domain/community/calendar.ts";
import { type ExportFormat, type ExportJob, expiresAt } from "../domain/export.ts";
import { askForExport, cancelExport, fetchExport, listExports, readExport } from "../usecases/exports.ts";
import type { UsesExports } from "../ports.ts";
import type { Handlers } from "../../../core/http/handler.ts";
import { instant, instantOrNull } from "../../../core/presenters/time.ts";

const present = (job: ExportJob): Export => ({
  id: job.id,
  communityId: job.communityId,
  kind: job.kind,
  format: job.format,
  clear: job.reason !== null,
  state: job.state,
  rows: job.rows,
  bytes: job.bytes,
  askedAt: instant(job.askedAt),
  finishedAt: instantOrNull(job.finishedAt),
  expiresAt: job.state === "done" ? instantOrNull(expiresAt(job)) : null,
});

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The properties that are not undefined. */
const given = <T extends object>(parts: T): Given<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Given<T>;

const types: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const titles = { requests: "工单", log: "台账" } as const;

export const exportRoutes: Handlers<
  keyof typeof exports.operations,
  UsesExports<"clock" | "keys" | "wakeRelay" | "store">
> = {
  "POST /api/exports": async (call) => {
    const { communityId, kind, format, open, from, to, clearFor, ...same } = call.body;
    const filter = {
      ...given(same),
      ...(open ? { open: open === "true" } : {}),
      ...(from ? { from: new Date(from) } : {}),
      ...(to ? { to: new Date(to) } : {}),
    };
    return present(
      await askForExport(call.deps, call, { communityId, kind, format, filter, reason: clearFor ?? null }),
    );
  },
  "GET /api/exports": async ({ deps, actor }) => ({
    items: (await listExports(deps, actor)).map(present),
    nextCursor: null,
  }),
  "GET /api/exports/:id": async ({ deps, actor, params }) => present(await readExport(deps, actor, params.id)),
  "POST /api/exports/:id/cancel": async ({ deps, actor, params }) =>
    present(await cancelExport(deps, actor, params.id)),
  "POST /api/exports/:id/download": async (call) => {
    const { job, body, bytes } = await fetchExport(call.deps, call, call.params.id);
    const name = `店小二-${titles[job.kind]}-${dayOf(job.askedAt)}.${job.format}`;
    return { body, bytes, type: types[job.format], name };
  },
};
