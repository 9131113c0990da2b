import type { DataRegister } from "../../kernel/personal-data.ts";

/** The personal data of complaints. */
export const complaintData = {
  personal: [
    {
      ...{ what: "投诉与答复", whose: "resident", why: "答复投诉", ground: "duty", kept: "complaint" },
      ...{ closing: "抹去", handed: "complaints" },
      at: {
        words: ["complaints.text", "complaints.answer"],
        clear: ["complaints.name", "complaints.userId", "complaints.at", "complaints.requestNo"],
      },
    },
  ],
  impersonal: ["complaints._id", "complaints.requestId"],
  periods: { complaint: { days: 3 * 365, from: "提出投诉" } },
} as const satisfies DataRegister;
