import type { Connection } from "mongoose";
import type { ErrorCode, ErrorTable } from "./errors.ts";
import type { DescribedLifecycle } from "./lifecycle-table.ts";
import type { OutboxCollection } from "./outbox-collection.ts";
import type { DataRegister } from "./personal-data.ts";
import type { AggregateReplay } from "./replay.ts";

/** A section of the page with a resident's own data: a table under a heading. */
export interface OwnDataSection {
  title: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

/**
 * The manifest of a feature beside the main job: a vertical slice, whose parts the composition integrates. `Ports`: the
 * ports that its hooks may use beside its own repositories.
 */
export interface Module<Ports, Repositories extends object, Errors extends Partial<ErrorTable<ErrorCode>>, Routes> {
  /** The name of its folder, which other modules use in `needs`. */
  name: string;
  /** The modules whose index it may use. The relation is acyclic. */
  needs: readonly string[];
  /** Its repositories on a connection, each under the name of its port. */
  repositories(connection: Connection): Repositories;
  /** Collections with outboxes, which the relay reads. */
  outboxes: readonly OutboxCollection[];
  /** The lifecycles of its aggregates. docs/lifecycle.md prints them, and a test tries every cell of their tables. */
  lifecycles: readonly DescribedLifecycle[];
  /** The replay of its aggregates from the log. For an aggregate without one, verification compares versions only. */
  replay: readonly AggregateReplay[];
  /** The status and the sentence of each of its error codes. */
  errors: Errors;
  /** Its inventory of personal data. */
  data: DataRegister;
  /** One handler for each of its operations. */
  routes: Routes;
  /** Erases data after their retention periods. It can be repeated, and run on two machines at once. */
  retain(ports: Ports & Repositories, now: Date): Promise<void>;
}
