import { collectionNamed } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import type { Membership, User } from "../../core/domain/accounts/user.ts";
import type { Request } from "../../core/domain/requests/request.ts";
import { type StoredRequest, toDomain as toRequest } from "../../core/store/requests/request-schema.ts";
import { toDomain } from "../../kernel/aggregate-repository.ts";
import type { Aggregate, AggregateId } from "../../kernel/aggregate.ts";
import type { EventRecord } from "../../kernel/event.ts";
import { PARTITION_COUNT, partitionOf } from "../../kernel/partition.ts";
import { isObjectId, objectId } from "../../kernel/object-ids.ts";
import type { CoTask } from "../../modules/co-handling/domain/co-task.ts";

/** The collections of the core whose documents leave events. */
export const coreSources = [
  // Before the requests: what ends with a task ends in the log after it, in the same millisecond, too.
  "co_tasks",
  // Before the users whom they give posts, so that a log reads in that order.
  "communities",
  "invitations",
  "requests",
  "request_messages",
  "users",
  "roster_plans",
  "photos",
  "roster_weeks",
  "leaves",
  "reveals",
  "login_failures",
] as const;
/** A collection whose documents leave events: one of the core, or of a module. */
export type Source = (typeof coreSources)[number] | (string & Record<never, never>);

type Document = mongoose.mongo.Document;
type AnyAggregate = Omit<Aggregate, "_id"> & { _id: AggregateId };

/** An event on its way to the log. `id` is `aggregateId:version`. */
export interface PendingEvent {
  id: string;
  event: EventRecord;
}

/** A document with something in its outbox, as it was read. */
export interface PendingDocument {
  source: Source;
  _id: AggregateId;
  version: number;
  events: PendingEvent[];
}

/** What a stored request says besides its words and where somebody lives. */
export type RequestSummary = Omit<
  Request,
  "title" | "description" | "answers" | "place" | "contact" | "result" | "handover"
>;
export type TaskSummary = Omit<CoTask, "text" | "progress" | "result">;

/** An aggregate as a verification finds it: its version, what is still in its outbox and, of some, its state. */
export type StoredAggregate = { id: string; collection: Source; version: number; outbox: readonly EventRecord[] } & (
  | { source: "requests"; state: RequestSummary; erased: boolean }
  | { source: "co_tasks"; state: TaskSummary }
  | { source: "users"; memberships: readonly Membership[]; mergedIds: readonly string[] }
  | { source: "other" }
);

/** The relay's view of all aggregates: their outboxes. */
export function createOutboxRepository(connection: Connection, ofModules: readonly string[]) {
  const sources: readonly Source[] = [...coreSources, ...ofModules];
  const collection = (source: Source) => collectionNamed<AnyAggregate>(connection, source);

  return {
    /** Documents with events of these partitions, at most `limit` of each collection. */
    async pending(lanes: readonly number[], limit: number): Promise<PendingDocument[]> {
      const perSource = await Promise.all(
        sources.map(async (source) => {
          const found = await collection(source)
            .find({ outboxLanes: { $in: [...lanes] } }, { projection: { version: 1, outbox: 1 } })
            .limit(limit)
            .toArray();
          return found.map(({ _id, version, outbox }) => ({
            source,
            _id,
            version,
            events: outbox.map((event) => ({ id: `${String(_id)}:${event.version}`, event })),
          }));
        }),
      );
      return perSource.flat();
    },

    /**
     * Takes events that are in the log out of the outboxes. A document whose version has moved since it was read is
     * left for the next pass, which finds its events in the log and takes them out then.
     */
    async clear(documents: readonly PendingDocument[], relayed: ReadonlySet<string>): Promise<void> {
      for (const [source, ofSource] of Map.groupBy(documents, (document) => document.source)) {
        const whole = ofSource.filter(({ events }) => events.every(({ id }) => relayed.has(id)));
        // Those of the same version change in one go: a fraction of what as many updates cost.
        for (const [version, same] of Map.groupBy(whole, (document) => document.version)) {
          const query = { _id: { $in: same.map(({ _id }) => _id) }, version };
          await collection(source).updateMany(query, { $set: { outbox: [] }, $unset: { outboxLanes: "" as const } });
        }
        const operations = ofSource
          .filter((document) => !whole.includes(document) && document.events.some(({ id }) => relayed.has(id)))
          .map(({ _id, version, events }) => {
            const left = events.filter(({ id }) => !relayed.has(id)).map(({ event }) => event);
            const outboxLanes = [...new Set(left.map((event) => partitionOf(event.communityId)))];
            return { updateOne: { filter: { _id, version }, update: { $set: { outbox: left, outboxLanes } } } };
          });
        if (operations.length) await collection(source).bulkWrite(operations, { ordered: false });
      }
    },

    /**
     * How many documents have events that are not in the log (of each collection at most 200 are looked at), and
     * since when the oldest.
     */
    async waiting(): Promise<{ documents: number; oldest: Date | null }> {
      const lanes = Array.from({ length: PARTITION_COUNT }, (_, lane) => lane);
      const perSource = await Promise.all(
        sources.map((source) =>
          collection(source)
            .find({ outboxLanes: { $in: lanes } }, { projection: { "outbox.at": 1 } })
            .limit(200)
            .toArray(),
        ),
      );
      const found = perSource.flat();
      const times = found.flatMap(({ outbox }) => outbox.map(({ at }) => at.getTime()));
      return { documents: found.length, oldest: times.length ? new Date(Math.min(...times)) : null };
    },

    /**
     * Puts an event back into the outbox of the aggregate that left it: of a copy whose log ends before the event.
     * False: the aggregate is not there, or is older than the event, which then has not happened in the copy.
     */
    async putBack(aggregateId: string, event: EventRecord): Promise<boolean> {
      const ids = [aggregateId, ...(isObjectId(aggregateId) ? [objectId(aggregateId)] : [])];
      for (const source of sources) {
        const found = await collection(source).findOne({ _id: { $in: ids }, version: { $gte: event.version } });
        if (!found) continue;
        const others = found.outbox.filter(({ version }) => version !== event.version);
        const outbox = [...others, event].toSorted((a, b) => a.version - b.version);
        const outboxLanes = [...new Set(outbox.map(({ communityId }) => partitionOf(communityId)))];
        await collection(source).updateOne(
          { _id: found._id, version: found.version },
          { $set: { outbox, outboxLanes } },
        );
        return true;
      }
      return false;
    },

    /** Every aggregate, batch by batch: what a verification walks. Each is as it was at one moment. */
    async *everyAggregate(): AsyncGenerator<StoredAggregate[]> {
      for (const source of sources) {
        let last: AggregateId | null = null;
        for (;;) {
          const found: Document[] = await collection(source)
            .find(last ? { _id: { $gt: last } } : {}, { projection: projections[source] ?? { version: 1, outbox: 1 } })
            .sort({ _id: 1 })
            .limit(WALK_BATCH_SIZE)
            .toArray();
          if (!found.length) break;
          yield found.map((document) => asStored(source, document));
          last = (found.at(-1)?.["_id"] ?? null) as AggregateId | null;
        }
      }
    },

    /** One of them as it is now, or null. */
    async aggregate(source: Source, id: string): Promise<StoredAggregate | null> {
      const ids = [id, ...(isObjectId(id) ? [objectId(id)] : [])];
      const found = await collection(source).findOne({ _id: { $in: ids } }, { projection: projections[source] ?? {} });
      return found && asStored(source, found);
    },

    /** Which of these documents are there. */
    async there(source: Source, ids: readonly string[]): Promise<Set<string>> {
      const query = { _id: { $in: ids.map(objectId) } };
      const found = await collection(source)
        .find(query, { projection: { _id: 1 } })
        .toArray();
      return new Set(found.map(({ _id }) => String(_id)));
    },
  };
}

/** So many documents come in one batch of a walk. */
const WALK_BATCH_SIZE = 200;

/** Of whose state a verification asks more than the version, and what it need not read. */
const projections: Partial<Record<Source, Document>> = {
  requests: { steps: 0, title: 0, description: 0, answers: 0, place: 0, contact: 0, result: 0, handover: 0 },
  users: { version: 1, outbox: 1, memberships: 1, mergedIds: 1 },
  co_tasks: { steps: 0, text: 0, progress: 0, result: 0 },
};

function asStored(source: Source, document: Document): StoredAggregate {
  const { _id, version, outbox } = document as AnyAggregate;
  const known = { id: String(_id), collection: source, version, outbox };
  if (source === "requests") {
    const erased = document["erasedAt"] !== undefined;
    return { ...known, source: "requests", state: toRequest(document as StoredRequest), erased };
  }
  if (source === "co_tasks") return { ...known, source: "co_tasks", state: toDomain(document) as CoTask };
  if (source === "users") {
    const { memberships, mergedIds } = document as Partial<Pick<User, "memberships" | "mergedIds">>;
    return { ...known, source: "users", memberships: memberships ?? [], mergedIds: mergedIds ?? [] };
  }
  return { ...known, source: "other" };
}
