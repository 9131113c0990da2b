import type { LogEntry, Notice } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { visibleInLog } from "../../../log/audience.ts";
import type { LogRow } from "../../../log/store/log.ts";
import { readRow } from "../../../log/read-row.ts";
import { maskName } from "../../domain/privacy/mask.ts";
import { noticeText } from "../../http/notice-sentences.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";
import { instant, instantOrNull } from "../time.ts";

/**
 * A row of the log. `found`: the words that it was searched by. Residents' names are masked. A single rating is shown
 * to the committee only.
 */
export function presentLogRow(actor: Actor, row: LogRow, found?: readonly string[]): LogEntry {
  const event = readRow(row);
  return {
    id: event.id,
    pos: row.pos,
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

/** A notice with its sentence. */
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
