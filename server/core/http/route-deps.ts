import type { Budgets } from "../../adapters/limits/budgets.ts";
import type { Ports } from "../ports.ts";
import type { NotReady } from "../../operations/readiness.ts";

/** What the composition hands to the routes of the core: the ports of the use cases, and what only the way in needs. */
export interface RouteDeps extends Ports {
  /** What one user and one address may ask for, by class of operation. */
  budgets: Budgets;
  /** Why this process should be sent no work now; empty: it can serve. */
  notReady(): Promise<readonly NotReady[]>;
}
