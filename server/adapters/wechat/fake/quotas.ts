import type { Clock } from "../../../kernel/clock.ts";
import { type Answer, refusal } from "./answer.ts";

/** The number of calls that an endpoint allows. */
export interface Quota {
  minute: number;
  day: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Counts calls. Error 45011: above the minute's quota; 45009: above the day's. */
export function createQuotas(clock: Clock) {
  const calls = new Map<string, number[]>();
  return {
    /** Counts a call; returns a refusal when the quota is exceeded. */
    take(name: string, { minute, day }: Partial<Quota>): Answer | null {
      const now = clock.now().getTime();
      const recent = (calls.get(name) ?? []).filter((at) => at > now - DAY);
      if (day !== undefined && recent.length >= day) return refusal(45009, "reach max api daily quota limit");
      if (minute !== undefined && recent.filter((at) => at > now - MINUTE).length >= minute) {
        return refusal(45011, "api minute-quota reach limit, please retry next minute");
      }
      calls.set(name, [...recent, now]);
      return null;
    },
  };
}
