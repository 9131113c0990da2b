import type { FiguresRow, HandlingCycleSelection } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { lengthWords } from "./time.ts";

/** The rates in the order in which they are shown: each rate by handlers beside the one by residents. */
export type RateName = keyof FiguresRow["rates"];
export const rateNames: readonly RateName[] = ["response", "selfResolution", "resolution", "satisfaction", "rated"];

/** The numerator of each rate, and the selections whose sum is its denominator (docs/three-rates.md). */
export const rateParts: Readonly<
  Record<RateName, { part: HandlingCycleSelection; whole: readonly HandlingCycleSelection[] }>
> = {
  response: { part: "respondedInTime", whole: ["responded", "overdueRespond"] },
  selfResolution: { part: "resolved", whole: ["resolved", "overdueResolve"] },
  resolution: { part: "solved", whole: ["rated"] },
  satisfaction: { part: "satisfied", whole: ["rated"] },
  rated: { part: "rated", whole: ["resolved"] },
};

/**
 * A share in percent, with one decimal where it is not zero; a dash for null. A share below 1 is never shown as 100%.
 */
export function percent(share: number | null): string {
  if (share === null) return zh.common.none;
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : 1000;
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)}%`;
}

/** A duration that the figures give in minutes. */
export const minutesWords = (minutes: number | null): string =>
  minutes === null ? zh.common.none : lengthWords(minutes * 60_000);

/** A mean score with one decimal. */
export const scoreWords = (score: number): string => score.toFixed(1);
