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
import type { LogRow } from "../../../log/store/log.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { searchFor } from "../../../log/usecases/search-log.ts";
import { type Cell, type Column, logColumns, requestColumns } from "./columns.ts";
import { sheetOf } from "./sheet.ts";

interface Parts extends UsesExports<"store" | "keys" | "clock" | "log"> {
  /** Waits after a page that took so long, ms, so that those who work come first; without it nobody does. */
  rest?: (took: number) => Promise<unknown>;
  /** How long an export in clear waits for its row in the log, ms. */
  recordTimeoutMs?: number;
}

/** Well below the lease. */
const RECORD_TIMEOUT_MS = 10_000;

/**
 * Rows read at once. Larger pages take the database's time from those who work: during an export 0.38 of the steps got
 * through with pages of 1,000 rows, and 0.55 with pages of 200.
 */
const PAGE = 200;
/** How often is noted how far it is, ms. */
const PROGRESS_INTERVAL_MS = 1_000;
/** A writer that was not heard of for so long is believed dead, ms. */
const LEASE_MS = 30_000;

/** Canceled, or taken over by another: nothing is wrong, and nothing is left to do. */
class Abandoned extends Error {}

/**
 * Writes the export that waits longest, if there is one: true. The file is whole or not there; a writer that dies is
 * replaced by the next, which begins anew.
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
    // Nobody writes it any more: what a writer before left goes, too.
    if (await exports.finish(job.id, holder, end)) await exports.removeFile(job.id);
  }
  return true;
}

/**
 * Nothing is shown in clear before who wants it, and why, is a row of the chained log. Throws when it is none in
 * time.
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
    ...(filter.late ? { late: filter.late, statuses: attentionStatuses(filter.late) } : {}),
    // A number that is none is nobody's.
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

/** Deletes the files of exports that were finished over a day ago. */
export async function expireExports({ exports, clock }: Pick<Parts, "exports" | "clock">): Promise<void> {
  const before = new Date(clock.now().getTime() - EXPORT_RETENTION_MS);
  for (const id of await exports.outdated(before)) {
    await exports.removeFile(id);
    await exports.expire(id);
  }
  await exports.removeBroken(before);
}
