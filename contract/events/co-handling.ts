import { z } from "zod";
import { CoTask } from "../co-task.ts";
import { defineEvent } from "./define.ts";
import { erasure } from "./erasures.ts";
import { count, id, rung, step, wordMark } from "./fields.ts";
import { ofRequest, stepOfRequest, taskLists } from "./stale.ts";

const taskStep = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ organization: z.string(), ...shape, taskState: CoTask.shape.state, ...wordMark });

const tasks = [...taskLists, "GET /api/co-tasks/:id"] as const;

/** Events of co-handling. The resident only learns which organization has accepted a task (`task.accepted`). */
export const coHandlingEvents = {
  "task.erased": defineEvent({ label: "抹去协办内容", about: "task", data: erasure, stale: tasks }),
  "request.organization_asked": defineEvent({
    label: "请单位协办",
    about: "request",
    data: step({ taskId: id, organization: z.string(), text: z.string(), hours: z.number() }),
    audience: { partner: [] },
    notice: {
      to: ["organization", "handler"],
      text: "{who}请{unit}协办诉求 {no}。",
      partner: "{who}请贵单位协办诉求 {no}，请尽快接下，或说明不接的原因。",
    },
    landing: "request",
    stale: [...stepOfRequest, ...taskLists],
  }),
  "request.task_ended": defineEvent({
    label: "协办结束",
    about: "request",
    data: step({ organization: z.string(), taskState: CoTask.shape.state }),
    stale: stepOfRequest,
  }),
  "task.accepted": defineEvent({
    label: "单位接下协办",
    about: "task",
    data: taskStep({}),
    audience: { resident: ["organization", "taskState"], family: [], partner: [] },
    notice: {
      to: ["resident", "handler", "filer"],
      text: "{unit}正在协办您的诉求 {no}。",
      handler: "{unit}接下了诉求 {no} 的协办。",
      filer: "您代办的诉求 {no} 有单位正在协办。",
    },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.refused": defineEvent({
    label: "单位不接协办",
    about: "task",
    data: taskStep({ reason: z.string() }),
    audience: { partner: [] },
    notice: {
      to: ["handler"],
      offices: ["committee"],
      text: "{unit}没有接诉求 {no} 的协办，原因见详情。请另请单位，或自己办理。",
      office: "{unit}没有接诉求 {no} 的协办，请过问。",
    },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.noted": defineEvent({
    label: "协办进展",
    about: "task",
    data: taskStep({ text: z.string(), files: count }),
    audience: { partner: [] },
    notice: { to: ["handler"], text: "{unit}写了诉求 {no} 的协办进展。" },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.done": defineEvent({
    label: "协办办好",
    about: "task",
    data: taskStep({ result: z.string(), files: count }),
    audience: { partner: [] },
    notice: { to: ["handler"], text: "{unit}办好了诉求 {no} 的协办，请查看结果。" },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.withdrawn": defineEvent({
    label: "撤回协办",
    about: "task",
    data: taskStep({ reason: z.string() }),
    audience: { partner: [] },
    notice: {
      to: ["organization", "handler"],
      text: "{who}撤回了请{unit}协办诉求 {no}。",
      partner: "{who}撤回了诉求 {no} 的协办，不用再办。",
    },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.cancelled": defineEvent({
    label: "协办取消",
    about: "task",
    data: taskStep({}),
    audience: { partner: [] },
    notice: { to: ["organization"], partner: "诉求 {no} 已经结束，协办不用再办。" },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.reminded": defineEvent({
    label: "协办催办",
    about: "task",
    data: taskStep({ ...rung }),
    audience: { partner: [] },
    notice: { to: ["organization"], partner: "诉求 {no} 的协办时限快到了，请抓紧。" },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.overdue": defineEvent({
    label: "协办超时",
    about: "task",
    data: taskStep({ ...rung }),
    audience: { partner: [] },
    notice: {
      to: ["organization", "handler"],
      offices: ["committee"],
      text: "{unit}协办诉求 {no} 已超过时限，请催办或改请别家。",
      partner: "诉求 {no} 的协办已超过时限，请马上处理。",
      office: "{unit}协办诉求 {no} 已超过时限，请过问。",
    },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
  "task.supervised": defineEvent({
    label: "协办督办",
    about: "task",
    data: taskStep({ ...rung }),
    audience: { partner: [] },
    notice: {
      to: ["organization", "handler"],
      offices: ["committee", "supervisor"],
      text: "{unit}协办诉求 {no} 严重超时，已列入督办。",
      partner: "诉求 {no} 的协办严重超时，已由街镇督办，请马上处理。",
      office: "{unit}协办诉求 {no} 严重超时，已列入督办。",
    },
    landing: "request",
    stale: [...ofRequest, ...tasks],
  }),
};
