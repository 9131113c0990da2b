import type { Purpose } from "../../domain/notify/messages.ts";
import type { Request } from "../../domain/requests/request.ts";
import { fitField, timeField } from "../../domain/community/template-fields.ts";
import type { FieldValue, Templates } from "../../../adapters/wechat/templates.ts";

/**
 * The content of messages outside the app. It has no name of the resident, no address beyond the building, and no text
 * of the request.
 */
export interface Facts {
  no: string;
  service: string;
  building: string;
  urgent: boolean;
  handler: string;
  at: Date;
  respondBy: Date;
}

/** The status (状态), at most five characters, and a hint, at most twenty. */
const says: Readonly<Record<Purpose, { status: string; hint: string }>> = {
  accepted: { status: "已接单", hint: "干部已接单，会尽快与您联系" },
  question: { status: "待补充", hint: "请点开补充情况，时限已暂停" },
  resolved: { status: "已办结", hint: "请点开看结果，并作评价" },
  assigned: { status: "待联系", hint: "派给您办理，请先行联系" },
  filed: { status: "待接单", hint: "有新的诉求待接" },
  offered: { status: "待接单", hint: "派给您，请尽快接单或婉拒" },
  due: { status: "请办理", hint: "时限快到或已过，请尽快办理" },
  untaken: { status: "无人接", hint: "没有人接，请派单" },
};

/** The fields of a template, each within WeChat's limits. */
export function templateData(template: NonNullable<Templates[Purpose]>, purpose: Purpose, facts: Facts) {
  const values: Readonly<Record<FieldValue, string>> = {
    no: facts.no,
    service: facts.service,
    handler: facts.handler,
    at: timeField(facts.at),
    due: timeField(facts.respondBy),
    ...says[purpose],
  };
  return Object.fromEntries(
    Object.entries(template.fields).map(([field, value]) => [field, fitField(field, values[value])]),
  );
}

/** The page that a tap on the message opens. */
export const pageOf = (purpose: Purpose, requestId: string): string =>
  purpose === "accepted" || purpose === "question" || purpose === "resolved"
    ? `pages/request/index?id=${requestId}`
    : `subpackages/cadre/request/index?id=${requestId}`;

/** The clock time in Shanghai: 20:40. */
const hour = (at: Date): string => timeField(at).slice(-5);

const groupTitles: Partial<Readonly<Record<Purpose, string>>> = {
  offered: "无人接单，正在呼叫备勤",
  due: "诉求已超时",
};

/** The text of the robot's message in the cadres' group. */
export const groupWords = (purpose: Purpose, { no, service, building, urgent, respondBy }: Facts): string =>
  [
    `**${urgent ? "【紧急】" : ""}${groupTitles[purpose] ?? "诉求待接"}** ${no}`,
    `> 事项：${service}`,
    `> 楼栋：${building}`,
    purpose === "due" ? "> 请马上联系居民" : `> 请在 <font color="warning">${timeField(respondBy)}</font> 前联系居民`,
  ].join("\n");

const MAX_CHARACTERS = 70;

/** A text message to a cadre: at most 70 characters. */
export function smsWords(purpose: Purpose, { no, service, building, respondBy }: Facts): string {
  const what = { assigned: "派给您", offered: "请您接单", due: "超时", untaken: "没人接" }[purpose as string] ?? "待接";
  const words = (title: string): string =>
    `【店小二】紧急诉求${what}：${title}，${building}，${no}，请${hour(respondBy)}前联系居民。`;
  const over = [...words(service)].length - MAX_CHARACTERS;
  return over > 0 ? words([...service].slice(0, Math.max(0, [...service].length - over)).join("")) : words(service);
}

/** The content of messages about a request. `service`: the service's title. */
export const factsOf = (request: Request, service: string): Facts => ({
  no: request.no,
  service,
  building: request.content.place.building,
  urgent: request.urgency === "urgent",
  handler: request.handlerName ?? "",
  at: request.clocks.resolvedAt ?? request.clocks.claimedAt ?? request.submittedAt,
  respondBy: request.clocks.respondBy,
});
