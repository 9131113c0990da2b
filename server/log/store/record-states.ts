import type mongoose from "mongoose";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { durable, stepUpdate } from "../../kernel/aggregate.ts";
import { stateRecorded } from "../../kernel/state-recorded.ts";
import type { OutboxCollection } from "../../kernel/outbox-collection.ts";
import type { LogRow } from "./log-row.ts";

type Document = mongoose.mongo.Document;
type Row = Pick<LogRow, "_id" | "communityId" | "state">;

/** The collection of a source, and the search for rows by event id. */
interface Access {
  collection: mongoose.mongo.Collection<Document>;
  rows(eventIds: readonly string[]): Promise<Row[]>;
}

const BATCH = 200;

/**
 * Writes an event to every aggregate of a collection to whose state no row commits, so that its row will. Aggregates
 * that need no event yet are left out. It can be interrupted and repeated. Without `write` it only counts. Returns the
 * number of such aggregates.
 */
export async function recordStates(
  source: OutboxCollection,
  { collection, rows }: Access,
  why: Pick<Parameters<typeof stateRecorded>[0], "why" | "at">,
  { write }: { write: boolean },
): Promise<number> {
  let count = 0;
  for (let after: unknown = null; ;) {
    const found = await collection
      .find(after === null ? {} : { _id: { $gt: after as never } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const last = ({ _id, version }: Document): string => `${String(_id)}:${Number(version ?? 0)}`;
    const rowOf = new Map((await rows(found.map(last))).map((row) => [row._id, row]));
    for (const document of found) {
      const { _id, version: stored = 0, outbox = [] } = document;
      const row = rowOf.get(last(document));
      if (row?.state !== undefined || (outbox as Document[]).some((event) => event["version"] === stored)) continue;
      if (stored === 0 && source.unstepped?.(document)) continue;
      count++;
      if (!write) continue;
      const own = source.collection === "communities" ? String(_id) : (document["communityId"] as string | undefined);
      const version = Number(document["version"] ?? 0) + 1;
      const communityId = row?.communityId ?? own ?? INSTALLATION;
      const event = stateRecorded({ collection: source.collection, id: String(_id), version, communityId, ...why });
      const query = { _id, ...(document["version"] === undefined ? {} : { version: stored as number }) };
      await collection.updateOne(query, stepUpdate({}, event, null), { writeConcern: durable });
    }
    after = found.at(-1)?._id ?? null;
    if (found.length < BATCH) return count;
  }
}
