import type { AboutKind } from "../../contract/events.ts";
import type { RetentionPeriod } from "./personal-data.ts";

/** A collection whose documents have outboxes. */
export interface OutboxCollection {
  collection: string;
  /**
   * Paths of fields that are written without an event, so that no row of the log commits to them, each with the reason.
   * docs/security.md prints them.
   */
  uncommitted: Readonly<Record<string, string>>;
  /**
   * Whether a document without any event is legitimate, by its fields. Null: every document has an event.
   */
  unstepped: ((fields: Readonly<Record<string, unknown>>) => boolean) | null;
  /**
   * Documents that are deleted: their kind in events, and the period since their last event before which none is
   * deleted (null: at any time). Null: no document is deleted.
   */
  deleted: { kind: AboutKind; period: RetentionPeriod | null } | null;
}
