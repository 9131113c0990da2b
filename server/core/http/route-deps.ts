import type { Budgets } from "../../adapters/limits/budgets.ts";
import type { FileScanner } from "../../adapters/scan/file-scanner.ts";
import type { Ports } from "../ports.ts";
import type { NotReady } from "../../operations/readiness.ts";

/** The dependencies of the core's routes: the ports of the use cases, and those that only the HTTP layer needs. */
export interface RouteDeps extends Ports {
  /** The request budgets of a user and of an address, by class of operation. */
  budgets: Budgets;
  /** Looks for viruses in uploaded files. */
  scanner: FileScanner;
  /** Why this process should get no traffic now; empty when it can serve. */
  notReady(): Promise<readonly NotReady[]>;
}
