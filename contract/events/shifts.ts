import { z } from "zod";
import { Day, Instant } from "../common.ts";
import { defineEvent } from "./define.ts";
import { id } from "./fields.ts";
import { record } from "./stale.ts";

const swap = z.strictObject({
  swapId: id,
  from: z.string(),
  to: z.string(),
  day: Day.nullable(),
  name: z.string().nullable(),
});
/** A leave as colleagues may see it, without its reason. */
const leave = z.strictObject({ cadreName: z.string(), from: Instant, to: Instant });

const roster = [...record, "GET /api/communities/:id/duty", "GET /api/communities/:id/cadres"] as const;

/** Events of swaps and leaves. */
export const shiftEvents = {
  "shift.swap_asked": defineEvent({
    label: "请求换班",
    about: "roster-week",
    data: swap,
    notice: { to: ["cadres"], text: "{who}想请您换班，请在“我的班表”里答复。" },
    landing: "roster",
    stale: roster,
  }),
  "shift.swap_accepted": defineEvent({
    label: "接受换班",
    about: "roster-week",
    data: swap,
    notice: {
      to: ["cadres"],
      offices: ["committee"],
      text: "{who}愿意换班，等居委会批准。",
      office: "{who}愿意换班，请到“排班”审批。",
    },
    landing: "roster",
    stale: roster,
  }),
  "shift.swap_declined": defineEvent({
    label: "谢绝换班",
    about: "roster-week",
    data: swap,
    notice: { to: ["cadres"], text: "{who}这次不方便换班，您的班不变。" },
    landing: "roster",
    stale: roster,
  }),
  "shift.swap_withdrawn": defineEvent({
    label: "撤回换班",
    about: "roster-week",
    data: swap,
    notice: { to: ["cadres"], text: "{who}撤回了换班，班表不变。" },
    landing: "roster",
    stale: roster,
  }),
  "shift.swap_refused": defineEvent({
    label: "不批换班",
    about: "roster-week",
    data: swap,
    notice: { to: ["cadres"], text: "{who}没有批准换班，班表不变。" },
    landing: "roster",
    stale: roster,
  }),
  "shift.swapped": defineEvent({
    label: "批准换班",
    about: "roster-week",
    data: swap,
    notice: { to: ["cadres"], text: "{who}批准了换班，请在“我的班表”里核对。" },
    landing: "roster",
    stale: roster,
  }),
  "leave.asked": defineEvent({
    label: "请假",
    about: "leave",
    data: leave,
    notice: { offices: ["committee"], office: "{who}请假，请到“排班”审批。" },
    landing: "roster",
    stale: record,
  }),
  "leave.approved": defineEvent({
    label: "批假",
    about: "leave",
    data: leave,
    notice: { to: ["cadres"], text: "{who}批准了您的请假。" },
    landing: "roster",
    stale: record,
  }),
  "leave.refused": defineEvent({
    label: "不批假",
    about: "leave",
    data: leave,
    notice: { to: ["cadres"], text: "{who}没有批准您的请假，请当面商量或另选时间。" },
    landing: "roster",
    stale: record,
  }),
  "leave.cancelled": defineEvent({ label: "取消请假", about: "leave", data: leave, stale: record }),
};
