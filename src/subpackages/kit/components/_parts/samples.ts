import type { CadreCard, FileRef, Request, RequestDetail, Status } from "../../../../../contract/index.ts";
import type { Query } from "../../../../api";
import type { DraftPhoto } from "../../../../lib/draft-photos";
import type { FlowItem } from "../../../../lib/flow";

/** The fixed current time of the samples, so that pictures of the page stay the same. */
export const NOW = new Date("2026-11-30T20:40:00+08:00");

const minutesFromNow = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();

const id = (n: number): string => n.toString(16).padStart(24, "0");

/** A small landscape as an inline SVG, so that the page needs no file from the server. */
const landscape =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#efe7dc"/>' +
  '<path d="M0 72l28-30 20 20 16-14 32 34v14H0z" fill="#6b4a2b"/><circle cx="70" cy="26" r="10" fill="#c77700"/></svg>';
const picture = URL.createObjectURL(new Blob([landscape], { type: "image/svg+xml" }));

const size = { width: 96, height: 96 };

export const onDuty: CadreCard = {
  ...{ id: id(1), name: "林晓慧", title: "社区干事", positions: ["民政", "养老"], photoUrl: null },
  ...{ dutyPhone: "021-64000000", onDutyUntil: minutesFromNow(80) },
};
export const offDuty: CadreCard = { ...onDuty, id: id(2), name: "赵国强", dutyPhone: null, onDutyUntil: null };

const base: Request = {
  ...{ id: id(10), requestNo: "XZW-20261130-0007", communityId: "xiziwan", communityName: "西子湾社区" },
  ...{
    serviceCode: "parcel",
    serviceTitle: "代取快递、送药",
    status: "queued",
    abilities: [],
    urgency: "normal",
  },
  ...{ title: "帮我去社区医院取药", description: "降压药快吃完了，想请人到社区医院取一下。", answers: {} },
  place: { building: "3号楼", unit: "2单元", room: "501" },
  contact: { name: "王雨晴", phone: "138****0001" },
  timeWindow: null,
  files: [],
  resident: { id: id(11), name: "王雨晴", tier: "confirmed", mine: true },
  ...{ filedBy: null, acceptedIn: null, transfer: null, formerly: [], followers: { count: 0, mine: false } },
  progressOnly: false,
  handler: null,
  submittedAt: minutesFromNow(-12),
  respondBy: minutesFromNow(18),
  resolveBy: minutesFromNow(24 * 60),
  ...{ claimedAt: null, firstContactAt: null, resolvedAt: null, closedAt: null, question: null, result: null },
  ...{ offer: null, escalation: null, timeRequest: null, suspendedUntil: null, handover: null, rating: null },
  ...{ callback: null, unitHead: null, closingReason: null, reworkCount: 0, returnCount: 0, awaitsLeadUnit: false },
  ...{ openTasks: 0, unreadMessages: 0 },
};

/** A request in a given state, as its resident sees it. */
export const requestIn = (status: Status): Request => ({
  ...base,
  status,
  handler: status === "queued" || status === "withdrawn" ? null : onDuty,
  unreadMessages: status === "handling" ? 2 : 0,
});

/** A request with photos in each state. */
export const withPhotos: Request = {
  ...requestIn("handling"),
  files: [
    { id: id(20), url: picture, ...size, check: "passed" },
    { id: id(21), url: picture, ...size, check: "checking" },
    { id: id(22), url: "", ...size, check: "rejected" },
  ] satisfies FileRef[],
  timeWindow: { label: "今晚", from: minutesFromNow(20), to: minutesFromNow(120) },
};

/** A request that a family member filed and the resident has not consented to yet. `own`: as the resident sees it. */
export function filedByFamily(own: boolean): RequestDetail {
  const consent = { state: "asked" as const, how: null, mayRate: false, at: null };
  return {
    ...requestIn("queued"),
    resident: { ...base.resident, mine: own },
    filedBy: { as: "family", name: "王立", relation: "parent", mine: !own, consent },
    abilities: own ? ["consent"] : [],
    ...{ timeline: [], messages: [], coHandlers: [], tasks: [], knowledgeCard: null, followedBy: null },
  };
}

const draft = { fileId: null, url: null, problem: null };

/** Photos of a draft in each state. */
export const draftPhotos: readonly DraftPhoto[] = [
  { key: "uploaded", path: picture, state: "uploaded", ...draft, fileId: id(30) },
  { key: "failed", path: picture, state: "failed", ...draft, problem: "网络断了，照片还在，点一下重新上传。" },
  { key: "gone", path: picture, state: "gone", ...draft },
];

const said = { kind: "event" as const, said: "", mine: false, files: [] };

export const flow: readonly FlowItem[] = [
  { ...said, id: "1", at: new Date(minutesFromNow(-95)), sentence: "您提交了诉求" },
  { ...said, id: "2", at: new Date(minutesFromNow(-80)), sentence: "林晓慧接单了" },
  { ...said, id: "3", at: new Date(minutesFromNow(-30)), kind: "message", sentence: "您", said: "门禁坏了，到楼下请打电话。", mine: true },
  { ...said, id: "4", at: new Date(minutesFromNow(-5)), kind: "message", sentence: "林晓慧", said: "好的，二十分钟后到。", files: withPhotos.files.slice(0, 1) },
]; // prettier-ignore

/** A query in a given state. */
export const queryThat = (part: Partial<Query<string>>): Query<string> => ({
  ...{ data: undefined, error: null, loading: false, refetch: () => Promise.resolve() },
  ...part,
});
