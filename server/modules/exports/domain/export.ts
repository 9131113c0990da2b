import type { AttentionFilter } from "../../../core/domain/requests/attention-filter.ts";
import type { Status } from "../../../core/domain/requests/request.ts";

/** What may be exported: the requests of a community, or its service log. */
export type ExportKind = "requests" | "log";
export type ExportFormat = "csv" | "xlsx";

/** What the rows are narrowed by; of instants, `from` is inclusive and `to` exclusive. */
export interface ExportFilter {
  serviceCode?: string;
  cadreId?: string;
  status?: Status;
  open?: boolean;
  late?: AttentionFilter;
  requestNo?: string;
  requestId?: string;
  type?: string;
  /** Words that a row of the log says. */
  q?: string;
  from?: Date;
  to?: Date;
}

/** An export asked for. `version` counts its eventful steps: asked for, downloaded. */
export interface ExportJob {
  id: string;
  version: number;
  communityId: string;
  userId: string;
  /** In which role it was asked for: what that role may not read is not in it. Absent in older ones. */
  role?: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: ExportFilter;
  /** Names, phones and homes in clear, for this reason; null: masked. */
  reason: string | null;
  state: "queued" | "running" | "done" | "failed" | "canceled" | "expired";
  /** Rows written so far. */
  rows: number;
  bytes: number;
  askedAt: Date;
  finishedAt: Date | null;
  /**
   * Who writes it, and until when that is believed; another takes it over then. Of a finished one: whose file it is.
   */
  lease: { holder: string; until: Date } | null;
}

/** What its file is sealed for: one export's bytes do not open as another's. */
export const exportSealContext = (exportId: string): string => `export ${exportId}`;

/** A finished file is kept for a day, ms. */
export const EXPORT_RETENTION_MS = 24 * 3_600_000;

/** Until when a finished file is kept; null while it is not finished. */
export const expiresAt = ({ finishedAt }: Pick<ExportJob, "finishedAt">): Date | null =>
  finishedAt && new Date(finishedAt.getTime() + EXPORT_RETENTION_MS);

/** Whether somebody may fetch the file at `now`. */
export const isDownloadable = (job: ExportJob, now: Date): boolean => {
  const until = expiresAt(job);
  return job.state === "done" && until !== null && until > now;
};
