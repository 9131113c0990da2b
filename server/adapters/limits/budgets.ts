import type { Clock } from "../../kernel/clock.ts";
import type { Budget } from "../../../contract/operation.ts";
import { networkOf } from "../../core/domain/privacy/mask.ts";
import type { Keys } from "../keys/keys.ts";
import { createMeter } from "./meter.ts";
import type { Limit, Limiter } from "./limiter.ts";

const minute = (most: number): Limit => ({ most, seconds: 60 });
const hour = (most: number): Limit => ({ most, seconds: 3_600 });

/**
 * How much of each class of operations one user and one address may ask for. Mobile networks and offices put hundreds
 * of people behind one address, so it has ten times as much. What is rarer and dearer (codes, wrong passwords,
 * reveals, photos of a day) is limited by the use case, exactly and in the database.
 */
const budgets: Readonly<Record<Exclude<Budget, "none">, { user: Limit; address: Limit }>> = {
  read: { user: minute(600), address: minute(6_000) },
  // Searches, figures, checks of the log.
  query: { user: minute(120), address: minute(1_200) },
  step: { user: minute(120), address: minute(1_200) },
  filing: { user: hour(60), address: hour(600) },
  login: { user: hour(60), address: hour(1_000) },
  upload: { user: minute(40), address: minute(400) },
  export: { user: hour(30), address: hour(300) },
};

export interface Budgets {
  /**
   * Counts a call of an address, before it is known whose it is. Null when it is within the budget; else in how many
   * seconds it will be again.
   */
  ofAddress(budget: Budget, address: string): number | null;
  /** The same of a user. */
  ofUser(budget: Budget, userId: string): number | null;
}

/** `factor` raises every budget, for benches and load tests that are one address and few users. */
export function createBudgets(
  parts: { limiter: Limiter; clock: Clock; keys: Pick<Keys, "blindIndex">; failed: (error: unknown) => void },
  factor = 1,
): Budgets {
  const { keys, clock, failed } = parts;
  const meter = createMeter(
    {
      // An address is a personal datum: the database has a keyed hash of it.
      add: (name, limit, points) => parts.limiter.add(`budget:${keys.blindIndex("budget", name)}`, limit, points),
    },
    clock,
    failed,
  );
  const spend = (budget: Budget, of: "user" | "address", who: string): number | null => {
    if (budget === "none") return null;
    const { most, seconds } = budgets[budget][of];
    return meter.spend(`${budget}:${of}:${who}`, { most: most * factor, seconds });
  };
  return {
    ofAddress: (budget, address) => spend(budget, "address", networkOf(address)),
    ofUser: (budget, userId) => spend(budget, "user", userId),
  };
}
