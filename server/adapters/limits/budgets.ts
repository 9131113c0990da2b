import type { Clock } from "../../kernel/clock.ts";
import type { Budget } from "../../../contract/operation.ts";
import { networkOf } from "../../core/domain/privacy/mask.ts";
import type { Keys } from "../keys/keys.ts";
import { createMeter } from "./meter.ts";
import type { Limit, Limiter } from "./limiter.ts";

const minute = (most: number): Limit => ({ most, seconds: 60 });
const hour = (most: number): Limit => ({ most, seconds: 3_600 });

/** Budgets of calls without a login: pages and files of the front ends, and WeChat's push messages. */
type Anonymous = "page" | "push";

/**
 * The number of calls per class of operations for each user and each address. Mobile networks and offices share one
 * address among hundreds of people, so an address may make ten times as many. Use cases limit rare and costly actions
 * (login codes, wrong passwords, reveals, photos per day) exactly, in the database.
 */
const budgets: Readonly<Record<Exclude<Budget, "none">, { user: Limit; address: Limit }>> & {
  readonly [name in Anonymous]: { address: Limit };
} = {
  read: { user: minute(600), address: minute(6_000) },
  // Searches, figures, checks of the log.
  query: { user: minute(120), address: minute(1_200) },
  step: { user: minute(120), address: minute(1_200) },
  filing: { user: hour(60), address: hour(600) },
  login: { user: hour(60), address: hour(1_000) },
  upload: { user: minute(40), address: minute(400) },
  export: { user: hour(30), address: hour(300) },
  page: { address: minute(6_000) },
  push: { address: minute(3_000) },
};

export interface Budgets {
  /**
   * Counts a call of an address, before authentication. Null when it is within the budget; otherwise the seconds until
   * it is again.
   */
  ofAddress(budget: Budget | Anonymous, address: string): number | null;
  /** Counts a call of a user. Same result. */
  ofUser(budget: Budget, userId: string): number | null;
}

/** `factor` multiplies every budget, for load tests that use one address and few users. */
export function createBudgets(
  parts: { limiter: Limiter; clock: Clock; keys: Pick<Keys, "blindIndex">; failed: (error: unknown) => void },
  factor = 1,
): Budgets {
  const { keys, clock, failed } = parts;
  const meter = createMeter(
    {
      // An address is personal data, so the database only gets its keyed hash.
      add: (name, limit, points) => parts.limiter.add(`budget:${keys.blindIndex("budget", name)}`, limit, points),
    },
    clock,
    failed,
  );
  const spend = (name: string, { most, seconds }: Limit): number | null =>
    meter.spend(name, { most: most * factor, seconds });
  return {
    ofAddress: (budget, address) =>
      budget === "none" ? null : spend(`${budget}:address:${networkOf(address)}`, budgets[budget].address),
    ofUser: (budget, userId) => (budget === "none" ? null : spend(`${budget}:user:${userId}`, budgets[budget].user)),
  };
}
