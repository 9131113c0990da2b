import type { FiguresRow, HandlingCycleSelection } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { lengthWords } from "./time.ts";

/** The rates in the order in which they are shown: what handlers say beside what residents say. */
export type RateName = keyof FiguresRow["rates"];
export const rateNames: readonly RateName[] = ["response", "selfResolution", "resolution", "satisfaction", "rated"];

/** What a rate is made of (docs/three-rates.md): its part, and the lists that together are its whole. */
export const rateParts: Readonly<
  Record<RateName, { part: HandlingCycleSelection; whole: readonly HandlingCycleSelection[] }>
> = {
  response: { part: "respondedInTime", whole: ["responded", "overdueRespond"] },
  selfResolution: { part: "resolved", whole: ["resolved", "overdueResolve"] },
  resolution: { part: "solved", whole: ["rated"] },
  satisfaction: { part: "satisfied", whole: ["rated"] },
  rated: { part: "rated", whole: ["resolved"] },
};

/** 83%, 83.3% where a tenth shows; — of nothing. Never 100% unless it is all. */
export function percent(share: number | null): string {
  if (share === null) return zh.common.none;
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : 1000;
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)}%`;
}

/** A time that the figures tell in minutes. */
export const minutesWords = (minutes: number | null): string =>
  minutes === null ? zh.common.none : lengthWords(minutes * 60_000);

/** A mean score. */
export const scoreWords = (score: number): string => score.toFixed(1);
