import { collectionNamed } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import type { User } from "../../core/domain/accounts/user.ts";
import { requestReplay } from "../../core/domain/requests/request-replay.ts";
import { type StoredRequest, toDomain as toRequest } from "../../core/store/requests/request-schema.ts";
import { toDomain } from "../../kernel/aggregate-repository.ts";
import type { Aggregate, AggregateId } from "../../kernel/aggregate.ts";
import type { EventRecord } from "../../kernel/event.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { startOfPeriod } from "../../kernel/personal-data.ts";
import type { OutboxCollection } from "../../kernel/outbox-collection.ts";
import { committedFieldsOf, coreOutboxes } from "./committed-state.ts";
import { PARTITION_COUNT, partitionOf } from "../../kernel/partition.ts";
import { isObjectId, objectId } from "../../kernel/object-ids.ts";
import type { AggregateReplay, ComparedState } from "../../kernel/replay.ts";

/** A collection whose documents have outboxes, of the core or of a module. */
export type Source = (typeof coreOutboxes)[number]["collection"] | (string & Record<never, never>);

type Document = mongoose.mongo.Document;
type AnyAggregate = Omit<Aggregate, "_id"> & { _id: AggregateId };

/**
 * An event that is to be relayed. `id` is `aggregateId:version`. `state`: the committed fields of its aggregate after
 * the event, as canonical JSON; absent when a later event has changed them.
 */
export interface PendingEvent {
  id: string;
  event: EventRecord;
  state?: string;
}

/** A document with events in its outbox, as it was read. */
export interface PendingDocument {
  source: Source;
  _id: AggregateId;
  version: number;
  events: PendingEvent[];
}

/** An aggregate as verification reads it. */
export interface StoredAggregate {
  id: string;
  collection: Source;
  version: number;
  outbox: readonly EventRecord[];
  /**
   * Its state and the replay that recomputes it from the steps; null: aggregates of this collection are not compared.
   */
  compared: ComparedState | null;
  /** The fields to which the row of its last event commits, as canonical JSON. */
  committed: string;
  /** True: it has had no event, and needs none yet. */
  isUnstepped: boolean;
  /** The posts of a user; null for other collections. */
  posts: Pick<User, "memberships" | "mergedIds"> | null;
}

/** The collections and replays that the modules add to those of the core. */
export interface OutboxesOfModules {
  outboxes: readonly OutboxCollection[];
  replays: readonly AggregateReplay[];
}

/** The outboxes of all aggregates, for the relay and for verification. */
export function createOutboxRepository(connection: Connection, ofModules: OutboxesOfModules) {
  // Modules come first: of two events of the same millisecond, the one in a module is the cause of the one in the core.
  const outboxes: readonly OutboxCollection[] = [...ofModules.outboxes, ...coreOutboxes];
  const sources: readonly Source[] = outboxes.map((one) => one.collection);
  const declared = new Map(outboxes.map((one) => [one.collection, { ...one, fieldsOf: committedFieldsOf(one) }]));
  const replays = new Map([requestReplay, ...ofModules.replays].map((replay) => [replay.collection, replay]));
  const collection = (source: Source) => collectionNamed<AnyAggregate>(connection, source);

  const committed = (source: Source, document: Document): Document => declared.get(source)?.fieldsOf(document) ?? {};

  /** Most rows of a log are of these collections, which are searched first. */
  const frequent: readonly Source[] = ["requests", "request_messages"];
  const byFrequency = [...frequent, ...sources.filter((source) => !frequent.includes(source))];

  function pendingIn(source: Source, document: mongoose.mongo.WithId<AnyAggregate>): PendingDocument {
    const { _id, version, outbox } = document;
    const events = outbox.map((event): PendingEvent => ({
      id: `${String(_id)}:${event.version}`,
      event,
      ...(event.version === version ? { state: canonicalJson(committed(source, document)) } : {}),
    }));
    return { source, _id, version, events };
  }

  function asStored(source: Source, document: Document): StoredAggregate {
    const { _id, version, outbox } = document as AnyAggregate;
    const { memberships = [], mergedIds = [] } = document as Partial<Pick<User, "memberships" | "mergedIds">>;
    const replay = replays.get(source);
    return {
      ...{ id: String(_id), collection: source, version, outbox },
      compared: replay ? { replay, state: stateIn(source, document) } : null,
      posts: source === "users" ? { memberships, mergedIds } : null,
      committed: canonicalJson(committed(source, document)),
      isUnstepped: version === 0 && declared.get(source)?.unstepped?.(document) === true,
    };
  }

  return {
    /** Documents with events of these partitions, at most `limit` per collection. */
    async pending(partitions: readonly number[], limit: number): Promise<PendingDocument[]> {
      const perSource = await Promise.all(
        sources.map(async (source) => {
          const found = await collection(source)
            .find({ outboxPartitions: { $in: [...partitions] } }, { projection: { idempotency: 0 } })
            .limit(limit)
            .toArray();
          return found.map((document) => pendingIn(source, document));
        }),
      );
      return perSource.flat();
    },

    /**
     * Removes relayed events from the outboxes. A document whose version has changed since it was read is skipped. The
     * next pass finds its events in the log and removes them.
     */
    async clear(documents: readonly PendingDocument[], relayed: ReadonlySet<string>): Promise<void> {
      for (const [source, ofSource] of Map.groupBy(documents, (document) => document.source)) {
        const whole = ofSource.filter(({ events }) => events.every(({ id }) => relayed.has(id)));
        // One update covers all documents of the same version; single updates would cost many times more.
        for (const [version, same] of Map.groupBy(whole, (document) => document.version)) {
          const query = { _id: { $in: same.map(({ _id }) => _id) }, version };
          await collection(source).updateMany(query, {
            $set: { outbox: [] },
            $unset: { outboxPartitions: "" as const },
          });
        }
        const operations = ofSource
          .filter((document) => !whole.includes(document) && document.events.some(({ id }) => relayed.has(id)))
          .map(({ _id, version, events }) => {
            const left = events.filter(({ id }) => !relayed.has(id)).map(({ event }) => event);
            const outboxPartitions = [...new Set(left.map((event) => partitionOf(event.communityId)))];
            return { updateOne: { filter: { _id, version }, update: { $set: { outbox: left, outboxPartitions } } } };
          });
        if (operations.length) await collection(source).bulkWrite(operations, { ordered: false });
      }
    },

    /**
     * The number of documents with events that are not relayed yet, counting at most 200 per collection, and the time
     * of the oldest event.
     */
    async waiting(): Promise<{ documents: number; oldest: Date | null }> {
      const partitions = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
      const perSource = await Promise.all(
        sources.map((source) =>
          collection(source)
            .find({ outboxPartitions: { $in: partitions } }, { projection: { "outbox.at": 1 } })
            .limit(200)
            .toArray(),
        ),
      );
      const found = perSource.flat();
      const times = found.flatMap(({ outbox }) => outbox.map(({ at }) => at.getTime()));
      return { documents: found.length, oldest: times.length ? new Date(Math.min(...times)) : null };
    },

    /**
     * Puts an event back into its aggregate's outbox; for a restored copy whose log ends before the event. False: the
     * aggregate does not exist or is older than the event, which the copy therefore does not include.
     */
    async putBack(aggregateId: string, event: EventRecord): Promise<boolean> {
      const ids = [aggregateId, ...(isObjectId(aggregateId) ? [objectId(aggregateId)] : [])];
      for (const source of sources) {
        const found = await collection(source).findOne({ _id: { $in: ids }, version: { $gte: event.version } });
        if (!found) continue;
        const others = found.outbox.filter(({ version }) => version !== event.version);
        const outbox = [...others, event].toSorted((a, b) => a.version - b.version);
        const outboxPartitions = [...new Set(outbox.map(({ communityId }) => partitionOf(communityId)))];
        await collection(source).updateOne(
          { _id: found._id, version: found.version },
          { $set: { outbox, outboxPartitions } },
        );
        return true;
      }
      return false;
    },

    /** Every aggregate, in batches, for verification. Each document is a consistent snapshot. */
    async *everyAggregate(): AsyncGenerator<StoredAggregate[]> {
      for (const source of sources) {
        let last: AggregateId | null = null;
        for (;;) {
          const found: Document[] = await collection(source)
            .find(last ? { _id: { $gt: last } } : {}, { projection: { idempotency: 0 } })
            .sort({ _id: 1 })
            .limit(WALK_BATCH_SIZE)
            .toArray();
          if (!found.length) break;
          yield found.map((document) => asStored(source, document));
          last = (found.at(-1)?.["_id"] ?? null) as AggregateId | null;
        }
      }
    },

    /** One aggregate as it is now, or null. */
    async aggregate(source: Source, id: string): Promise<StoredAggregate | null> {
      const ids = [id, ...(isObjectId(id) ? [objectId(id)] : [])];
      const found = await collection(source).findOne({ _id: { $in: ids } }, { projection: { idempotency: 0 } });
      return found && asStored(source, found);
    },

    /** Whether an aggregate of that kind with an event at `at` may have been deleted at `now`. */
    mayBeDeleted(kind: string | undefined, at: Date, now: Date): boolean {
      const deleted = outboxes.find((one) => one.deleted?.kind === kind)?.deleted;
      return Boolean(deleted) && (!deleted?.period || at < startOfPeriod(deleted.period, now));
    },
    /** The versions of these aggregates, whatever their collections. Those that do not exist are left out. */
    async versionsOf(ids: readonly string[]): Promise<Map<string, number>> {
      const versions = new Map<string, number>();
      for (const source of byFrequency) {
        const left = ids.filter((id) => !versions.has(id));
        if (!left.length) break;
        const both = left.flatMap((id) => [id, ...(isObjectId(id) ? [objectId(id)] : [])]);
        const found = collection(source).find({ _id: { $in: both } }, { projection: { version: 1 } });
        for (const { _id, version } of await found.batchSize(both.length + 1).toArray())
          versions.set(String(_id), version);
      }
      return versions;
    },
  };
}

/** Documents per batch of {@link everyAggregate}. */
const WALK_BATCH_SIZE = 200;

/** A document without its storage fields. Old requests lack fields, which get their defaults. */
const stateIn = (source: Source, document: Document): unknown =>
  source === "requests"
    ? { ...toRequest(document as StoredRequest), erasedAt: (document["erasedAt"] as Date | undefined) ?? null }
    : toDomain(document);
