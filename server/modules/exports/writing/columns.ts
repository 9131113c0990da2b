import type { Keys } from "../../../adapters/keys/keys.ts";
import { formatWallTime } from "../../../core/domain/community/calendar.ts";
import { MASK, maskName, maskPhone } from "../../../core/domain/privacy/mask.ts";
import type { Request, Status } from "../../../core/domain/requests/request.ts";
import { outcomeWords } from "../../../core/words.ts";
import { isRestricted } from "../../../log/audience.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { readRow } from "../../../log/read-row.ts";

/** The value of a cell. */
export type Cell = string | number | null;

/** A column: its heading and the cell of a row. */
export interface Column<T> {
  head: string;
  cell(row: T): Cell;
}

/** What the columns need besides the row. */
export interface ColumnContext {
  keys: Keys;
  services: ReadonlyMap<string, string>;
  /** Whether names, phones and homes are in clear. */
  clear: boolean;
  /** Whether single ratings are included, which only the committee may see. */
  rated: boolean;
}

const time = (at: Date | null): string => (at ? formatWallTime(at) : "");

const statusWords: Readonly<Record<Status, string>> = {
  queued: "待接单",
  claimed: "已接单",
  handling: "办理中",
  waiting: "等居民答复",
  suspended: "已挂账",
  resolved: "已办结",
  closed: "已评价",
  withdrawn: "已撤回",
  rejected: "不予受理",
};

/** The columns of a list of requests. Without `rated` it has no columns of the rating. */
export function requestColumns({ keys, services, clear, rated }: ColumnContext): Column<Request>[] {
  const opened = (sealed: Parameters<Keys["open"]>[0], what: Parameters<Keys["open"]>[1]): string =>
    clear ? keys.open(sealed, what) : MASK;
  const score =
    (of: "response" | "attitude" | "result"): Column<Request>["cell"] =>
    (request) =>
      request.outcome.rating?.scores[of] ?? null;
  return [
    { head: "编号", cell: (r) => r.no },
    { head: "事项", cell: (r) => services.get(r.serviceCode) ?? r.serviceCode },
    { head: "状态", cell: (r) => statusWords[r.status] },
    { head: "紧急", cell: (r) => (r.urgency === "urgent" ? "是" : "") },
    { head: "诉求", cell: (r) => r.content.title },
    { head: "楼栋", cell: (r) => r.content.place.building },
    { head: "单元", cell: (r) => opened(r.content.place.unit, "unit") },
    { head: "室", cell: (r) => opened(r.content.place.room, "room") },
    { head: "联系人", cell: (r) => (clear ? r.content.contact.name : maskName(r.content.contact.name)) },
    {
      head: "电话",
      cell: (r) => {
        const phone = keys.open(r.content.contact.phone, "phone");
        return clear ? phone : maskPhone(phone);
      },
    },
    { head: "干部", cell: (r) => r.handlerName },
    { head: "提交", cell: (r) => time(r.submittedAt) },
    { head: "应响应", cell: (r) => time(r.clocks.respondBy) },
    { head: "先行联系", cell: (r) => time(r.clocks.firstContactAt) },
    { head: "应办结", cell: (r) => time(r.clocks.resolveBy) },
    { head: "办结", cell: (r) => time(r.clocks.resolvedAt) },
    { head: "办理结果", cell: (r) => r.outcome.result?.text ?? "" },
    { head: "协办单位", cell: (r) => r.handling.coHandlers.join("、") },
    ...(rated
      ? [
          { head: "居民认定", cell: (r: Request) => (r.outcome.rating ? outcomeWords[r.outcome.rating.outcome] : "") },
          { head: "响应分", cell: score("response") },
          { head: "态度分", cell: score("attitude") },
          { head: "结果分", cell: score("result") },
        ]
      : []),
    { head: "重办次数", cell: (r) => r.outcome.reworkCount },
  ];
}

/**
 * The columns of the service log. Names of residents are masked unless `clear`. Event data are JSON; without `rated`
 * those of rating events have only the status.
 */
export function logColumns({ services, clear, rated }: Omit<ColumnContext, "keys">): Column<LogRow>[] {
  const name = (row: LogRow): string => {
    const { actor } = readRow(row);
    return actor.role === "resident" && !clear ? maskName(actor.name) : actor.name;
  };
  const told = (row: LogRow): string => {
    const { data } = readRow(row);
    return JSON.stringify(isRestricted(row.type) && !rated ? { status: data["status"] } : data);
  };
  return [
    { head: "序号", cell: (r) => r.pos },
    { head: "时间", cell: (r) => time(r.at) },
    { head: "事件", cell: (r) => r.type },
    { head: "工单", cell: (r) => r.requestNo },
    { head: "事项", cell: (r) => (r.serviceCode ? (services.get(r.serviceCode) ?? r.serviceCode) : "") },
    { head: "身份", cell: (r) => r.actorRole },
    { head: "姓名", cell: name },
    { head: "内容", cell: (r) => told(r) },
    { head: "封印", cell: (r) => r.seal },
  ];
}
