import type { LogEntry, Notice } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { hearsAll, visibleInLog } from "../../../log/audience.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { readRow } from "../../../log/read-row.ts";
import { maskName } from "../../domain/privacy/mask.ts";
import { noticeText } from "../../http/notice-sentences.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";
import { instant, instantOrNull } from "../time.ts";

/**
 * A row of the log with residents' names masked. A single rating is shown to the committee only. `found`: the words by
 * which the log was searched.
 */
export function presentLogRow(actor: Actor, row: LogRow, found?: readonly string[]): LogEntry {
  const event = readRow(row);
  const seesAll = hearsAll(actor);
  return {
    // The event's own id counts the steps of what it is about, and the position the rows: also the hidden ones.
    id: seesAll ? event.id : row.seal,
    pos: seesAll ? row.pos : null,
    at: instant(row.at),
    type: row.type,
    communityId: row.communityId,
    requestId: row.requestId,
    requestNo: row.requestNo,
    serviceCode: row.serviceCode,
    actor: {
      id: event.actor.id,
      role: event.actor.role as LogEntry["actor"]["role"],
      name: event.actor.role === "resident" ? maskName(event.actor.name) : event.actor.name,
    },
    data: visibleInLog(actor, row, event.data),
    ...(found ? { found: [...found] } : {}),
    seal: row.seal,
  };
}

/** A notice with its text. */
export const presentNotice = (notice: StoredNotice): Notice => ({
  id: notice._id,
  at: instant(notice.at),
  type: notice.type,
  requestId: notice.requestId,
  requestNo: notice.requestNo,
  taskId: notice.taskId ?? null,
  day: notice.day ?? null,
  text: noticeText(notice),
  readAt: instantOrNull(notice.readAt),
});
