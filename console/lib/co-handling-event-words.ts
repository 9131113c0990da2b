import { zh } from "../i18n/zh.ts";
import { type Data, type Tellers, countOf, said, textOf } from "./event-data.ts";

const t = zh.sentence;
const unit = (data: Data): string => textOf(data, "organization") ?? zh.common.none;
const clock = (data: Data): string => t.taskClock[data["clock"] === "respond" ? "respond" : "resolve"];

function ending(data: Data): string {
  const state = textOf(data, "taskState");
  return state !== null && state in t.taskEnds ? t.taskEnds[state as keyof typeof t.taskEnds] : zh.common.none;
}

/** The organizations that took part in a resolution, as an addition to its sentence; empty when there were none. */
export function helpers(data: Data): string {
  const units = data["organizations"];
  return Array.isArray(units) && units.length ? t.helpedBy(units.join(zh.common.join)) : "";
}

/** Sentences of co-handling events. */
export const coHandlingFormatters = {
  "request.organization_asked": (data) =>
    said(t.organizationAsked(unit(data), countOf(data, "hours")), textOf(data, "text")),
  "request.task_ended": (data) => said(t.taskEnded(unit(data), ending(data))),
  "task.erased": () => said(t.taskErased),
  "task.accepted": (data) => said(t.taskAccepted(unit(data))),
  "task.refused": (data) => said(t.taskRefused(unit(data)), textOf(data, "reason")),
  "task.noted": (data) => said(t.taskNoted(unit(data), countOf(data, "files")), textOf(data, "text")),
  "task.done": (data) => said(t.taskDone(unit(data), countOf(data, "files")), textOf(data, "result")),
  "task.withdrawn": (data) => said(t.taskWithdrawn(unit(data)), textOf(data, "reason")),
  "task.cancelled": (data) => said(t.taskCancelled(unit(data))),
  "task.reminded": (data) => said(t.taskReminded(unit(data), clock(data))),
  "task.overdue": (data) => said(t.taskOverdue(unit(data), clock(data))),
  "task.supervised": (data) => said(t.taskSupervised(unit(data), clock(data))),
} satisfies Partial<Tellers>;
