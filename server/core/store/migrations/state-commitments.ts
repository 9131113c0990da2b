import type { Connection } from "mongoose";
import { coreOutboxes } from "../../../log/store/committed-state.ts";
import { logErasuresIn } from "../../../log/store/log-erasures.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import { recordStates } from "../../../log/store/record-states.ts";
import { collectionNamed } from "../../../kernel/collection.ts";
import type { OutboxCollection } from "../../../kernel/outbox-collection.ts";
import type { Migration } from "./migration.ts";

const ofModules = ["co_tasks", "complaints", "exports"];
const sources: readonly OutboxCollection[] = [
  ...coreOutboxes,
  ...ofModules.map((collection) => ({ collection, uncommitted: {}, unstepped: null, deleted: null })),
];

/** Positions that one event names at most. */
const MAX_POSITIONS = 2_000;

async function record(connection: Connection, write: boolean): Promise<number> {
  const log = collectionNamed<LogRow>(connection, "service_log");
  const rows = (ids: readonly string[]) =>
    log.find({ _id: { $in: [...ids] } }, { projection: { communityId: 1, state: 1 } }).toArray();
  let count = 0;
  for (const source of sources) {
    const collection = collectionNamed(connection, source.collection);
    count += await recordStates(source, { collection, rows }, { why: "upgrade", at: new Date() }, { write });
  }
  return count;
}

/** Names the payloads that were erased before erasures had events. Returns their number. */
async function nameErased(connection: Connection, write: boolean): Promise<number> {
  const log = collectionNamed<LogRow>(connection, "service_log");
  const erased = log
    .find({ payload: null }, { projection: { communityId: 1, pos: 1 } })
    .sort({ communityId: 1, pos: 1 });
  const unnamed = new Map<string, number[]>();
  for await (const { communityId, pos } of erased) unnamed.set(communityId, [...(unnamed.get(communityId) ?? []), pos]);
  const erasures = logErasuresIn(collectionNamed(connection, "log_erasures"));
  let count = 0;
  for (const [communityId, all] of unnamed) {
    const named = new Set(await erasures.positions(communityId));
    const positions = all.filter((pos) => !named.has(pos));
    count += positions.length;
    for (let n = 0; write && n < positions.length; n += MAX_POSITIONS)
      await erasures.record(communityId, positions.slice(n, n + MAX_POSITIONS), { rule: "earlier", at: new Date() });
  }
  return count;
}

/**
 * Gives every aggregate an event whose row commits to its state, and names the payloads that were erased before. The
 * events reach the log when a server runs next.
 */
export const commitToStates: Migration = {
  to: 6,
  what: "每份单据的现状记入台账，已抹去的台账正文记下出处，以后直接改库能查出来",
  count: async (connection) => (await record(connection, false)) + (await nameErased(connection, false)),
  async run(connection) {
    await record(connection, true);
    await nameErased(connection, true);
  },
};
