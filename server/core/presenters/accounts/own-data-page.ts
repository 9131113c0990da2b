import { type ReactElement, createElement } from "react";
import type { OwnData } from "../../../../contract/own-data.ts";
import type { OwnDataSection } from "../../../kernel/module.ts";
import { formatWallTime } from "../../domain/community/calendar.ts";
import { frontWords, outcomeWords, roleWords } from "../../words.ts";
import { type Fact, facts, renderDocument, section, table } from "../html-document.ts";

const time = (at: string | null): string => (at === null ? "" : formatWallTime(new Date(at)));

/** The time window of a request by its dates, since its label was true on the day of filing only. */
const spanOf = (window: OwnData["requests"][number]["timeWindow"]): string | null =>
  window?.from === undefined
    ? (window?.label ?? null)
    : `${time(window.from)} ${window.to === undefined ? "以后" : `至 ${time(window.to)}`}`;

const statusWords: Readonly<Record<OwnData["requests"][number]["status"], string>> = {
  queued: "等干部接单",
  claimed: "干部已接单",
  handling: "办理中",
  waiting: "等您答复",
  suspended: "暂时挂账",
  resolved: "已办结",
  closed: "已评价",
  withdrawn: "已撤回",
  rejected: "没有受理",
};
const wayWords = { wechat: "微信", phone: "手机号", account: "账号密码" } as const;
const revealedFieldWords = { phone: "手机号", home: "住址" } as const;

function requestPart(request: OwnData["requests"][number]): ReactElement {
  const { place, contact, rating, result } = request;
  const scores =
    rating && `响应 ${rating.scores.response}，态度 ${rating.scores.attitude}，结果 ${rating.scores.result}`;
  return createElement(
    "article",
    null,
    createElement("h3", null, `${request.requestNo}　${request.title}`),
    facts([
      ["事项", `${request.serviceTitle}（${statusWords[request.status]}）`],
      ["提交", time(request.submittedAt)],
      ["诉求", request.description],
      ...Object.values(request.answers).map((answer): Fact => ["答", answer]),
      ["地点", request.progressOnly ? null : `${place.building}${place.unit}${place.room}`],
      ["联系人", request.progressOnly ? null : `${contact.name} ${contact.phone}`],
      ["方便的时间", spanOf(request.timeWindow)],
      ["代为提交", request.filedBy?.name ?? null],
      ["经办", request.handler?.name ?? null],
      ["办结", time(request.resolvedAt)],
      ["办理结果", result?.text ?? null],
      ["撤回或不受理的原因", request.closingReason],
      ["评价", rating && `${outcomeWords[rating.outcome]}；${scores}；${[...rating.tags, rating.comment].join(" ")}`],
      ["照片", request.files.length > 0 ? `${request.files.length} 张` : null],
    ]),
    request.messages.length > 0 &&
      table(
        ["时间", "谁", "说了什么"],
        request.messages.map(({ at, author, text }) => [time(at), author.mine ? "我" : author.name, text]),
      ),
  );
}

/** A resident's data as one page to read or print, with the sections of the modules. It loads no other resource. */
export function ownDataPage(data: OwnData, ofModules: readonly OwnDataSection[]): string {
  const { profile, requests } = data;
  const { registration } = profile;
  const parts = [
    section(
      "我的资料",
      facts([
        ["姓名", profile.name],
        ["手机号", profile.phone],
        ["登录方式", profile.ways.map((way) => wayWords[way]).join("、")],
        ["社区", registration?.communityName ?? null],
        ["住址", registration && `${registration.building}${registration.unit}${registration.room}`],
        ["登记的手机号", registration?.phone ?? null],
        ["住址核实", registration && (time(registration.confirmedAt) || "还没有核实")],
        ["大字", profile.largeText ? "打开" : "关闭"],
        ["账号编号", profile.ids.join("、")],
      ]),
    ),
    section(
      `诉求 ${requests.length} 件`,
      ...(requests.length > 0 ? requests.map(requestPart) : [createElement("p", null, "没有")]),
    ),
    section(
      "谁查看过完整的手机号或住址",
      table(
        ["时间", "谁", "看了什么", "为什么"],
        data.reveals.map((look) => [
          time(look.at),
          `${look.name}（${roleWords[look.role]}）`,
          revealedFieldWords[look.field],
          look.reason,
        ]),
      ),
    ),
    ...ofModules.map(({ title, heads, rows }) => section(title, table(heads, rows))),
    section(
      "照片",
      table(
        ["上传", "大小", "编号"],
        data.photos.map(({ at, width, height, bytes, id }) => [
          time(at),
          `${width}×${height}，${Math.ceil(bytes / 1024)} KB`,
          id,
        ]),
      ),
    ),
    section(
      "通知",
      table(
        ["时间", "内容"],
        data.notices.map(({ at, text }) => [time(at), text]),
      ),
    ),
    section(
      "订阅的微信通知",
      table(
        ["时间", "状态"],
        data.consents.map(({ at, state }) => [time(at), state]),
      ),
    ),
    section(
      "发过的微信、短信",
      table(
        ["时间", "途径", "状态"],
        data.deliveries.map(({ at, channel, state }) => [time(at), channel, state]),
      ),
    ),
    section(
      "登录的设备",
      table(
        ["设备", "从哪里", "登录时间", "最后使用", "到期"],
        data.sessions.map(({ device, front, since, lastUsedAt, expiresAt }) => [
          ...[device ?? "", front === null ? "" : frontWords[front]],
          ...[time(since), time(lastUsedAt), time(expiresAt)],
        ]),
      ),
    ),
    section(
      "台账里与我有关的步骤",
      table(
        ["时间", "诉求", "步骤", "谁"],
        data.record.map(({ at, requestNo, type, by, role }) => [
          time(at),
          requestNo ?? "",
          type,
          by || (roleWords[role as keyof typeof roleWords] ?? ""),
        ]),
      ),
    ),
  ];
  return renderDocument(
    "我的数据",
    createElement("h1", null, "店小二：我的数据"),
    createElement("p", null, `${time(data.madeAt)} 导出。里面有完整的手机号和住址，请收好，不要转给别人。`),
    ...parts,
  );
}
