import type { EventData } from "../../../../contract/events.ts";
import type { AttentionFilter } from "../../../core/domain/requests/attention-filter.ts";
import type { Status } from "../../../core/domain/requests/request.ts";

/** What an export contains: the requests of a community, or its service log. */
export type ExportKind = "requests" | "log";
export type ExportFormat = "csv" | "xlsx";

/** The filter of an export's rows; `from` is inclusive and `to` exclusive. */
export interface ExportFilter {
  serviceCode?: string;
  cadreId?: string;
  status?: Status;
  open?: boolean;
  attention?: AttentionFilter;
  requestNo?: string;
  requestId?: string;
  type?: string;
  /** Words that a row of the log must contain. */
  q?: string;
  from?: Date;
  to?: Date;
}

/**
 * The filter as the export's event has it. The log's names for `attention` are kept: `late`, and `plea` for
 * `time-request`.
 */
export const loggedFilter = ({ from, to, attention, ...rest }: ExportFilter): EventData<"export.asked">["filter"] => ({
  ...rest,
  ...(attention ? { late: attention === "time-request" ? "plea" : attention } : {}),
  ...(from ? { from: from.toISOString() } : {}),
  ...(to ? { to: to.toISOString() } : {}),
});

/** An export. `version` counts its steps that leave an event: asked for, downloaded. */
export interface ExportJob {
  id: string;
  version: number;
  communityId: string;
  userId: string;
  /** The role in which it was asked for, which limits its content. Absent in older ones. */
  role?: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: ExportFilter;
  /** The reason for exporting names, phones and homes in clear; null: they are masked. */
  reason: string | null;
  state: "queued" | "running" | "done" | "failed" | "canceled" | "expired";
  /** The number of rows written so far. */
  rows: number;
  bytes: number;
  askedAt: Date;
  finishedAt: Date | null;
  /**
   * The writer and the end of its lease, after which another writer takes over. Of a finished export: the writer of the
   * file.
   */
  lease: { holder: string; until: Date } | null;
}

/**
 * The context that an export's file is encrypted with. It prevents one export's file from being opened as another's.
 */
export const exportSealContext = (exportId: string): string => `export ${exportId}`;

/** How long a finished file is kept, ms. */
export const EXPORT_RETENTION_MS = 24 * 3_600_000;

/** Until when a finished file is kept; null before it is finished. */
export const expiresAt = ({ finishedAt }: Pick<ExportJob, "finishedAt">): Date | null =>
  finishedAt && new Date(finishedAt.getTime() + EXPORT_RETENTION_MS);

/** Whether the file can be downloaded at `now`. */
export const isDownloadable = (job: ExportJob, now: Date): boolean => {
  const until = expiresAt(job);
  return job.state === "done" && until !== null && until > now;
};
