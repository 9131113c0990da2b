import type { CoTask, Request } from "../../../contract/index.ts";
import { ApiError } from "../../api/error.ts";
import type { Collected } from "../../api/collect.ts";
import type { Loaded } from "../../api/use-loaded.ts";
import type { Mutation } from "../../api/use-mutation.ts";
import type { ChartData } from "../../charts/chart-data.ts";

const MINUTE_MS = 60_000;
const opened = Date.now();

/** The time `minutes` after the page was opened; before it when negative. */
export const minutesFromNow = (minutes: number): string => new Date(opened + minutes * MINUTE_MS).toISOString();

const nothing = (): void => undefined;

export const busyError = new ApiError("server.busy", "系统正忙，内容没有丢失，请稍后再试。", {
  status: 503,
  requestId: "7f3a",
});

/** A `Loaded` in one of its states. */
export const loadedThat = <T>(part: Partial<Loaded<T>>): Loaded<T> => ({
  ...{ data: undefined, error: null, loading: false, at: new Date(opened), reload: nothing },
  ...part,
});

/** A mutation that does nothing. */
export const idle: Mutation<{ code: string }, unknown> = {
  ...{ run: () => Promise.resolve(undefined), busy: false, error: null, clear: nothing },
};

export interface Row {
  id: string;
  what: string;
  n: number;
}

export const rows: Collected<Row> = {
  items: [
    { id: "1", what: "楼道灯不亮", n: 12 },
    { id: "2", what: "代取快递、送药", n: 7 },
  ],
  more: true,
};

const request: Request = {
  ...{ id: "0".repeat(24), requestNo: "XZW-20261130-0007", communityId: "xiziwan", communityName: "西子湾社区" },
  ...{ serviceCode: "parcel", serviceTitle: "代取快递、送药", status: "queued", abilities: [] },
  ...{ urgency: "normal", title: "帮我去社区医院取药", description: "降压药快吃完了。", answers: {} },
  place: { building: "3号楼", unit: "2单元", room: "501" },
  contact: { name: "王雨晴", phone: "138****0001" },
  ...{ timeWindow: null, files: [] },
  resident: { id: "1".repeat(24), name: "王雨晴", tier: "confirmed", mine: false },
  ...{ filedBy: null, acceptedIn: null, transfer: null, formerly: [], followers: { count: 0, mine: false } },
  ...{ progressOnly: false, handler: null, submittedAt: minutesFromNow(-12), respondBy: null, resolveBy: null },
  ...{ claimedAt: null, firstContactAt: null, resolvedAt: null, closedAt: null, question: null, result: null },
  ...{ offer: null, escalation: null, timeRequest: null, suspendedUntil: null, handover: null, rating: null },
  ...{ callback: null, unitHead: null, closingReason: null, reworkCount: 0, returnCount: 0, awaitsLeadUnit: false },
  ...{ openTasks: 0, unreadMessages: 0 },
};

/** Requests whose deadlines are in each state: running, nearly over, over, stopped. */
export const dueSamples: readonly (readonly [title: string, request: Request])[] = (
  [
    ["还早", { respondBy: minutesFromNow(180) }],
    ["快到了", { respondBy: minutesFromNow(12) }],
    ["已超时", { respondBy: minutesFromNow(-25) }],
    ["等居民答复", { question: { text: "几点在家？", askedAt: minutesFromNow(-5) }, respondBy: null, resolveBy: null }],
    ["已挂账", { suspendedUntil: minutesFromNow(3000), respondBy: null, resolveBy: null }],
  ] satisfies [string, Partial<Request>][]
).map(([title, part]) => [title, { ...request, ...part }]);

/** A request with every possible mark. */
export const marked: Request = {
  ...request,
  urgency: "urgent",
  ...{ reworkCount: 1, awaitsLeadUnit: true, openTasks: 2, followers: { count: 3, mine: false } },
  escalation: { level: "overdue", clock: "respond", at: minutesFromNow(-25) },
  timeRequest: { kind: "extension", until: minutesFromNow(3000), reason: "等配件", at: minutesFromNow(-5) },
  callback: { why: "unsolved", dueBy: minutesFromNow(600), attempts: 0, made: null },
  transfer: {
    ...{ to: "kangcheng", toName: "康城社区", fromName: "西子湾社区", reason: "地址在康城", byName: "林晓慧" },
    at: minutesFromNow(-9),
  },
};

export const taskStates: readonly CoTask["state"][] = ["asked", "accepted", "done", "refused", "withdrawn"];

/** A chart of each kind, and one without data. */
export const charts = {
  columns: {
    question: "每天来了多少、办结多少",
    heads: ["日期", "提交", "办结"],
    rows: [
      ["11-28", 12, 9],
      ["11-29", 8, 10],
      ["11-30", 15, 11],
    ],
  },
  bars: {
    question: "哪些事项最多",
    heads: ["事项", "提交"],
    rows: [
      ["楼道灯不亮", 12],
      ["代取快递、送药", 7],
    ],
  },
  stacked: {
    question: "每位干部办了多少",
    heads: ["干部", "办结", "其他"],
    rows: [
      ["林晓慧", 12, 3],
      ["赵国强", 7, 5],
    ],
  },
  heat: {
    question: "一周里什么时候来得多",
    heads: ["星期", ...Array.from({ length: 24 }, (_, hour) => String(hour))],
    rows: ["周一", "周二", "周三"].map((day, at) => [
      day,
      ...Array.from({ length: 24 }, (_, hour) => (hour * (at + 1)) % 7),
    ]),
  },
  empty: { question: "没有数据时", heads: ["事项", "提交"], rows: [] },
} satisfies Record<string, ChartData>;
