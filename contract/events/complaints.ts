import { defineEvent } from "./define.ts";
import { nothing } from "./fields.ts";
import { record } from "./stale.ts";

const complaints = [...record, "GET /api/complaints"] as const;

/** The log says that there is a complaint, not of what: cadres read the log. */
export const complaintEvents = {
  "complaint.filed": defineEvent({
    label: "投诉",
    about: "complaint",
    data: nothing,
    audience: { resident: [] },
    notice: { offices: ["committee"], office: "收到一条投诉，请到“投诉与复核”答复。" },
    landing: "complaints",
    stale: complaints,
  }),
  "complaint.answered": defineEvent({
    label: "答复投诉",
    about: "complaint",
    data: nothing,
    audience: { resident: [] },
    notice: { to: ["resident"], text: "{who}答复了您的投诉，请到“我的投诉”查看。" },
    landing: "complaints",
    stale: complaints,
  }),
};
