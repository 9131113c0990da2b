import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";
import { collectionNamed } from "../../../kernel/collection.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";
import type { Migration } from "./migration.ts";

type Document = mongoose.mongo.Document;
type Collection = mongoose.mongo.Collection<Document>;

/** How many documents one write covers, so that no write takes long. */
const BATCH = 500;

/** Renamed collections, with the conversion of each document. */
const renamed: readonly { from: string; to: string; convert?: (document: Document) => Document }[] = [
  {
    from: "consumers",
    to: "consumer_offsets",
    convert: ({ _id, pos }) => ({ _id: _id as string, offset: pos as number }),
  },
  // Handling cycles are made from the log but cannot all be made again, since payloads of closed accounts are erased.
  { from: "rounds", to: "handling_cycles" },
];

/**
 * Collections that are dropped and filled again under another name: leases, which nobody holds while no server runs;
 * login throttles, which last an hour at most; claim reservations, which last a day.
 */
const dropped: readonly string[] = ["lanes", "guesses", "claim_intents"];

/** Renamed jobs. Their leases are created anew at the next start. */
const formerJobs: readonly string[] = ["ladder", "task-ladder", "leavers", "key-moves"];

/** Collections of aggregates as of this version. */
const aggregates: readonly string[] = [
  ...["co_tasks", "communities", "invitations", "requests", "request_messages", "users", "roster_plans", "photos"],
  ...["roster_weeks", "leaves", "reveals", "login_failures", "complaints", "exports"],
];
const FORMER_INDEX = "outbox_by_lane";

/** A change of one collection's documents. `former` finds the unconverted ones. */
interface Change {
  collection: string;
  former: Document;
  update: Document | Document[];
}

const changes: readonly Change[] = [
  ...aggregates.map((collection) => ({
    collection,
    former: { $or: [{ steps: { $exists: true } }, { outboxLanes: { $exists: true } }] },
    update: { $rename: { steps: "idempotency", outboxLanes: "outboxPartitions" } },
  })),
  {
    collection: "identities",
    former: { begunFactor: { $exists: true } },
    update: { $rename: { begunFactor: "pendingFactor" } },
  },
  { collection: "photos", former: { seen: { $exists: true } }, update: { $rename: { seen: "referenceConfirmed" } } },
  {
    collection: "exports",
    former: { "filter.late": "plea" },
    update: { $set: { "filter.late": "time-request" } },
  },
  {
    collection: "exports",
    former: { "filter.late": { $exists: true } },
    update: { $rename: { "filter.late": "filter.attention" } },
  },
  {
    // The time of recording is unknown. The end of the duty is used instead.
    collection: "users",
    former: { "duty.ended": true },
    update: [{ $set: { "duty.endRecordedAt": "$duty.until" } }, { $unset: "duty.ended" }],
  },
];

/**
 * Gives collections and fields the field's standard names (ADR 0110). It is no step, so it writes no event and no
 * version. Servers of the previous version cannot read the result, so none may run meanwhile.
 */
export const useStandardNames: Migration = {
  to: 4,
  what: "集合与字段改用通行的名称；升级前请停掉所有服务进程",
  async count(connection) {
    const there = await namesOf(connection);
    const former = [...renamed.map(({ from }) => from), ...dropped].filter((name) => there.has(name));
    const whole = former.map((name) => collectionNamed<Document>(connection, name).countDocuments({}));
    const changed = [...Map.groupBy(changes, ({ collection }) => collection)]
      .filter(([name]) => there.has(name))
      .map(([name, its]) =>
        collectionNamed<Document>(connection, name).countDocuments({ $or: its.map(({ former: query }) => query) }),
      );
    return (await Promise.all([...whole, ...changed])).reduce((sum, n) => sum + n, 0);
  },
  async run(connection) {
    const there = await namesOf(connection);
    const collection = (name: string): Collection => collectionNamed<Document>(connection, name);
    for (const { from, to, convert = (document: Document) => document } of renamed) {
      if (!there.has(from)) continue;
      for await (const documents of batchesOf(collection(from)))
        await ignoreDuplicates(
          collection(to).insertMany(documents.map(convert), { ordered: false, writeConcern: durable }),
        );
      await connection.dropCollection(from);
    }
    for (const name of dropped) if (there.has(name)) await connection.dropCollection(name);
    if (there.has("job_leases")) await collection("job_leases").deleteMany({ _id: { $in: formerJobs as never[] } });
    for (const name of aggregates) {
      if (!there.has(name)) continue;
      const indexes = await collection(name).indexes();
      if (indexes.some((index) => index.name === FORMER_INDEX)) await collection(name).dropIndex(FORMER_INDEX);
    }
    for (const { collection: name, former, update } of changes) {
      if (!there.has(name)) continue;
      for await (const documents of batchesOf(collection(name), former))
        await collection(name).updateMany(
          { $and: [{ _id: { $in: documents.map(({ _id }) => _id) } }, former] },
          update,
          { writeConcern: durable },
        );
    }
  },
};

const namesOf = async (connection: Connection): Promise<Set<string>> =>
  new Set((await connection.listCollections()).map(({ name }) => name));

/** The matching documents by ascending id, so that each is read once even if it changes meanwhile. */
async function* batchesOf(collection: Collection, query: Document = {}): AsyncGenerator<Document[]> {
  for (let last: unknown = null; ;) {
    const filter = last === null ? query : { $and: [{ _id: { $gt: last } }, query] };
    const found: Document[] = await collection.find(filter).sort({ _id: 1 }).limit(BATCH).toArray();
    if (!found.length) return;
    yield found;
    last = found.at(-1)?.["_id"];
  }
}
