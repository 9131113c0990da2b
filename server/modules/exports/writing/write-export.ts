import { attentionStatuses } from "../../../core/domain/requests/attention-filter.ts";
import { openStatuses } from "../../../core/domain/requests/request-lifecycle.ts";
import { parseRequestNumber } from "../../../core/domain/requests/request-number.ts";
import { type Status, statuses } from "../../../core/domain/requests/request.ts";
import type { UsesExports } from "../ports.ts";
import type { Page } from "../../../kernel/page.ts";
import { isRestricted } from "../../../log/audience.ts";
import { type ExportJob, EXPORT_RETENTION_MS, exportSealContext } from "../domain/export.ts";
import { waitUntilRecorded } from "../../../log/wait-until-recorded.ts";
import { SEALED_OVERHEAD } from "../../../adapters/keys/sealed-stream.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { searchFor } from "../../../log/usecases/search-log.ts";
import { type Cell, type Column, logColumns, requestColumns } from "./columns.ts";
import { sheetOf } from "./sheet.ts";

interface Parts extends UsesExports<"store" | "keys" | "clock" | "log"> {
  /** Called after a page that took `took` ms; waits to leave the database to the server. Default: no wait. */
  rest?: (took: number) => Promise<unknown>;
  /** How long a clear export waits for its event to be in the log, ms. */
  recordTimeoutMs?: number;
}

/** Must be well below {@link LEASE_MS}. */
const RECORD_TIMEOUT_MS = 10_000;

/**
 * Rows per page. Larger pages slow down the server: during an export, its throughput of steps fell to a factor of 0.38
 * with pages of 1,000 rows, and to 0.55 with pages of 200.
 */
const PAGE = 200;
/** How often the progress is stored, ms. */
const PROGRESS_INTERVAL_MS = 1_000;
/** How long a lease lasts without progress, ms. Another writer takes over afterwards. */
const LEASE_MS = 30_000;

/** The export was canceled or taken over by another writer. This is no error. */
class Abandoned extends Error {}

/**
 * Writes the export that waits longest. Returns false when there is none. A file is stored completely or not at all.
 * When a writer dies, the next one starts the export again.
 */
export async function writeNextExport(parts: Parts, holder: string): Promise<boolean> {
  const { exports, clock, log } = parts;
  const until = (): Date => new Date(clock.now().getTime() + LEASE_MS);
  const job = await exports.take(holder, clock.now(), until());
  if (!job) return false;
  let rows = 0;
  let notedAt = 0;
  const heard = async (written: number, took: number): Promise<void> => {
    rows = written;
    await parts.rest?.(took);
    if (performance.now() - notedAt < PROGRESS_INTERVAL_MS) return;
    notedAt = performance.now();
    if (!(await exports.progress(job.id, holder, written, until()))) throw new Abandoned();
  };
  try {
    await onRecord(parts, job);
    const { heads, cells } = await sourceOf(parts, job, heard);
    const sealing = parts.keys.sealStream(exportSealContext(job.id));
    const stored = await exports.writeFile(job.id, holder, sheetOf(job.format, heads, cells), sealing);
    const end = { state: "done" as const, rows, bytes: stored - SEALED_OVERHEAD, finishedAt: clock.now() };
    if (!(await exports.finish(job.id, holder, end))) await exports.removeFile(job.id, holder);
  } catch (error) {
    if (error instanceof Abandoned) return true;
    log.error({ err: error, exportId: job.id }, "an export failed");
    const end = { state: "failed" as const, rows, bytes: 0, finishedAt: clock.now() };
    // The export has ended, so files of earlier writers are deleted too.
    if (await exports.finish(job.id, holder, end)) await exports.removeFile(job.id);
  }
  return true;
}

/**
 * Waits until the event of a clear export is in the sealed log, so that nothing is decrypted before the reader and the
 * reason are on record. Throws when it is not there in time.
 */
async function onRecord({ store, recordTimeoutMs = RECORD_TIMEOUT_MS }: Parts, job: ExportJob): Promise<void> {
  if (job.reason === null) return;
  if (!(await waitUntilRecorded({ store, wakeRelay: () => undefined }, `${job.id}:1`, recordTimeoutMs))) {
    throw new Error("its row is not in the log");
  }
}

const statusesOf = (open: boolean): readonly Status[] =>
  open ? openStatuses : statuses.filter((status) => !openStatuses.includes(status));

async function sourceOf({ store, keys }: Parts, job: ExportJob, heard: (rows: number, took: number) => Promise<void>) {
  const community = await store.communities.find(job.communityId);
  const services = new Map(community?.services.map(({ serviceCode, title }) => [serviceCode, title]));
  const { communityId, filter } = job;
  const clear = job.reason !== null;
  const rated = job.role === "committee";
  const range = { ...(filter.from ? { from: filter.from } : {}), ...(filter.to ? { to: filter.to } : {}) };
  const narrowed = { communityIds: [communityId], ...range };
  const service = filter.serviceCode ? { serviceCode: filter.serviceCode } : {};
  if (job.kind === "log") {
    const of = { ...narrowed, ...service };
    const log = {
      ...of,
      ...(filter.cadreId ? { cadreId: filter.cadreId } : {}),
      ...(filter.type ? { type: filter.type } : {}),
      ...(filter.requestId ? { requestId: filter.requestId } : {}),
    };
    const columns = logColumns({ services, clear, rated });
    if (filter.q === undefined) return read(columns, (cursor) => store.log.list(log, "asc", PAGE, cursor), heard);
    const { terms, finds } = searchFor(filter.q);
    const keep = (row: LogRow): boolean => (rated || !isRestricted(row.type)) && finds(row);
    return read(columns, (cursor) => store.log.list({ ...log, terms }, "asc", PAGE, cursor), heard, keep);
  }
  const requests = {
    ...narrowed,
    ...service,
    ...(filter.cadreId ? { handlerId: filter.cadreId } : {}),
    ...(filter.status ? { statuses: [filter.status] } : {}),
    ...(filter.open === undefined || filter.status ? {} : { statuses: statusesOf(filter.open) }),
    ...(filter.attention ? { attention: filter.attention, statuses: attentionStatuses(filter.attention) } : {}),
    // An invalid request number must match no request.
    ...(filter.requestNo ? { no: parseRequestNumber(filter.requestNo) ?? "-" } : {}),
  };
  const columns = requestColumns({ keys, services, clear, rated });
  return read(columns, (cursor) => store.requests.list(requests, PAGE, cursor), heard);
}

function read<T>(
  columns: readonly Column<T>[],
  page: (cursor: string | undefined) => Promise<Page<T>>,
  heard: (rows: number, took: number) => Promise<void>,
  keep: (row: T) => boolean = () => true,
) {
  async function* cells(): AsyncGenerator<Cell[]> {
    let count = 0;
    let asked = performance.now();
    for await (const items of pagesOf(page)) {
      for (const item of items.filter(keep)) {
        yield columns.map((column) => column.cell(item));
        count++;
      }
      await heard(count, performance.now() - asked);
      asked = performance.now();
    }
  }
  return { heads: columns.map(({ head }) => head), cells: cells() };
}

/** Deletes the files of exports that were finished more than a day ago. */
export async function expireExports({ exports, clock }: Pick<Parts, "exports" | "clock">): Promise<void> {
  const before = new Date(clock.now().getTime() - EXPORT_RETENTION_MS);
  for (const id of await exports.outdated(before)) {
    await exports.removeFile(id);
    await exports.expire(id);
  }
  await exports.removeBroken(before);
}
