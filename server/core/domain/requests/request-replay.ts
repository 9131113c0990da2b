import type { AggregateReplay } from "../../../kernel/replay.ts";
import { retentionCutoff } from "../privacy/retention-periods.ts";
import { type RequestState, replayRequest, stateOfRequest } from "./replay-request.ts";
import type { Request } from "./request.ts";

/** A stored request. Its text may have been erased. */
type StoredState = Request & { erasedAt: Date | null };

/** How a request is replayed from its own steps, for verification. */
export const requestReplay: AggregateReplay<StoredState, keyof RequestState> = {
  collection: "requests",
  unread: ["content", "handling.handover", "outcome.result"],
  nameOf: ({ no }) => `诉求 ${no} `,
  labels: {
    no: "编号",
    communityId: "所在社区",
    serviceCode: "服务事项",
    residentId: "诉求人",
    filerId: "代办的家人",
    status: "状态",
    handlerId: "承办人",
    submittedAt: "提交时间",
    claimedAt: "接单时间",
    firstContactAt: "首次联系时间",
    resolvedAt: "办结时间",
    closedAt: "结束时间",
    respondBy: "联系期限",
    resolveBy: "办结期限",
    pausedSince: "停表时间",
    suspendedUntil: "挂账到",
    overdueAt: "超时提醒的时间",
    dueAt: "下一次自动处理的时间",
    "rating.outcome": "评价结果",
    "rating.scores": "评价分数",
    "rating.at": "评价时间",
    "rating.tags": "评价标签",
    "rating.comment": "评价文字",
    "callback.dueBy": "回访期限",
    "callback.made": "回访结果",
    "consent.state": "代办是否同意",
    "consent.mayRate": "家人可否评价",
    reworkCount: "重办次数",
    returnCount: "退单次数",
    openTasks: "未了结的协办数",
    coHandlers: "已协办的单位",
    formerCommunityIds: "转出过的社区",
    askedCommunityIds: "请求转办过的社区",
    "transfer.to": "正在申请转往",
  },
  stateOf: stateOfRequest,
  replay: replayRequest,
  words: {
    fields: ["rating.tags", "rating.comment"],
    residentId: ({ residentId }) => residentId,
    isOver: ({ erasedAt, clocks: { closedAt } }, now) =>
      erasedAt !== null || (closedAt !== null && closedAt < retentionCutoff("request", now)),
  },
};
