import { systemClock } from "../../server/kernel/clock.ts";
import type { ExportFormat } from "../../server/modules/exports/domain/export.ts";
import type { ExportRepository } from "../../server/modules/exports/store/exports.ts";
import { newId } from "../../server/kernel/ids.ts";

/** Creates an export of a community's whole log, as the console does, and assigns it to a writer. Returns its id. */
export async function askExport(
  exports: Pick<ExportRepository, "insert">,
  communityId: string,
  format: ExportFormat,
): Promise<string> {
  const at = systemClock.now();
  const id = newId();
  await exports.insert(
    {
      ...{ id, version: 1, communityId, userId: "bench", role: "committee", kind: "log", format },
      ...{ filter: {}, reason: null, state: "queued", rows: 0, bytes: 0, askedAt: at, finishedAt: null, lease: null },
    },
    {
      ...{ version: 1, type: "export.asked", at, communityId, requestId: null, requestNo: null, serviceCode: null },
      actor: { id: "bench", role: "committee", name: "bench" },
      subjects: { residentId: null, handlerId: null, previousHandlerId: null },
      about: { kind: "export", id, no: null },
      data: { kind: "log", format, filter: {}, clear: false, reason: null },
    },
    null,
  );
  return id;
}
