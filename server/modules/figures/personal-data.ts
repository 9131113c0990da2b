import type { DataRegister } from "../../kernel/personal-data.ts";

/** The personal data of the figures: the handlers of requests. */
export const figuresData = {
  personal: [
    {
      ...{ what: "三率里的经办人编号", whose: "staff", why: "按人汇总三率", ground: "duty", kept: "proof" },
      ...{ closing: "留下", handed: { not: "工作人员的数据，由所在单位按人事规定提供" } },
      at: { clear: ["handling_cycles.cadreId", "rollups.cells"] },
    },
  ],
  impersonal: [
    ...[
      "handling_cycles._id",
      "handling_cycles.requestId",
      "handling_cycles.requestNo",
      "handling_cycles.day",
      "handling_cycles.openedAt",
      "handling_cycles.counts",
    ],
    ...[
      "handling_cycles.acceptedIn",
      "handling_cycles.building",
      "handling_cycles.ended",
      "handling_cycles.number",
      "handling_cycles.outcome",
      "handling_cycles.scores",
    ],
    ...[
      "handling_cycles.serviceCode",
      "handling_cycles.resolveBy",
      "handling_cycles.respondBy",
      "handling_cycles.resolvedAt",
      "handling_cycles.respondedAt",
    ],
    ...[
      "handling_cycles.ratedAt",
      "handling_cycles.resolvedLate",
      "handling_cycles.respondedLate",
      "rollups._id",
      "rollups.day",
    ],
    ...["rollups.stale", "rollups.hours", "rollups.buildings"],
  ],
  periods: {},
} as const satisfies DataRegister;
