import { ofStaff } from "../../core/domain/privacy/personal-data.ts";
import type { DataRegister } from "../../kernel/personal-data.ts";

/** The personal data of co-handling. Words are erased with those of the request. */
export const coHandlingData = {
  personal: [
    {
      ...{ what: "协办中写下的话", whose: "resident", why: "交代要办什么，记下结果", ground: "duty", kept: "request" },
      ...{ closing: "抹去", handed: { not: "工作人员之间的话；其中涉及您的，可以向居委会查询" } },
      at: { words: ["co_tasks.text", "co_tasks.reason", "co_tasks.progress", "co_tasks.result"] },
    },
    {
      ...{ what: "请协办、接下和了结协办的人", whose: "staff", why: "每一步有名有姓", ground: "duty", kept: "proof" },
      ...{ closing: "留下", handed: ofStaff },
      at: { clear: ["co_tasks.askedBy", "co_tasks.acceptedBy", "co_tasks.endedBy"] },
    },
  ],
  impersonal: [
    ...["co_tasks._id", "co_tasks.requestId", "co_tasks.requestNo", "co_tasks.serviceCode", "co_tasks.organization"],
    ...["co_tasks.state", "co_tasks.askedAt", "co_tasks.acceptedAt", "co_tasks.endedAt", "co_tasks.hours"],
    ...["co_tasks.respondBy", "co_tasks.resolveBy", "co_tasks.nextAt", "co_tasks.escalations", "co_tasks.escalation"],
  ],
  periods: {},
} as const satisfies DataRegister;
