import type { DataRegister } from "../../kernel/personal-data.ts";

/** What the figures keep of people: who handled what. */
export const figuresData = {
  personal: [
    {
      ...{ what: "三率里的经办人编号", whose: "staff", why: "按人汇总三率", ground: "duty", kept: "proof" },
      ...{ closing: "留下", handed: { not: "工作人员的数据，由所在单位按人事规定提供" } },
      at: { clear: ["rounds.cadreId", "rollups.cells"] },
    },
  ],
  impersonal: [
    ...["rounds._id", "rounds.requestId", "rounds.requestNo", "rounds.day", "rounds.openedAt", "rounds.counts"],
    ...["rounds.acceptedIn", "rounds.building", "rounds.ended", "rounds.number", "rounds.outcome", "rounds.scores"],
    ...["rounds.serviceCode", "rounds.resolveBy", "rounds.respondBy", "rounds.resolvedAt", "rounds.respondedAt"],
    ...["rounds.ratedAt", "rounds.resolvedLate", "rounds.respondedLate", "rollups._id", "rollups.day"],
    ...["rollups.stale", "rollups.hours", "rollups.buildings"],
  ],
  periods: {},
} as const satisfies DataRegister;
