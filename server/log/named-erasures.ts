import type { Store } from "../core/store/store.ts";
import type { LogRow } from "./store/log-row.ts";
import type { Fault } from "./seal.ts";
import { ifReadable } from "./if-readable.ts";
import { readRow } from "./read-row.ts";

/** The positions whose payloads were erased, according to the events of erasures. */
export interface NamedErasures {
  /** The fault of a row whose payload is gone although no event names it; null for other rows. */
  faultOf(row: LogRow): Promise<Fault | null>;
}

/**
 * The erasures of a community's log. They are read when the first erased row is met, and again when one is met that no
 * known event names, since servers may erase meanwhile. The event of an erasure is stored before the payload is erased.
 */
export function namedErasures(store: Pick<Store, "log" | "logErasures">, communityId: string): NamedErasures {
  let named: ReadonlySet<number> = new Set();

  async function read(): Promise<void> {
    // Outboxes are read first, since an event that leaves one meanwhile is in the log by then.
    const pending = (await store.logErasures.pending(communityId)).map(({ data }) => data["positions"]);
    const rows = await store.log.erasures(communityId);
    // A row that cannot be read names nothing. It is a fault itself.
    const recorded = await Promise.all(rows.map((row) => ifReadable(() => readRow(row).data["positions"])));
    named = new Set([...pending, ...recorded].flatMap((positions) => (positions ?? []) as number[]));
  }

  return {
    async faultOf({ payload, pos }) {
      if (payload !== null || named.has(pos)) return null;
      await read();
      return named.has(pos) ? null : { kind: "payload", what: "the payload is gone, and no erasure names it" };
    },
  };
}
