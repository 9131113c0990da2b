import type mongoose from "mongoose";
import type { Connection } from "mongoose";
import { system } from "../../kernel/actor.ts";
import { type Versioned, aggregateCollection, aggregateRepository } from "../../kernel/aggregate-repository.ts";
import type { Erasure } from "../../kernel/erase-aggregates.ts";
import type { DomainEvent, EventRecord } from "../../kernel/event.ts";
import { newId } from "../../kernel/ids.ts";

/** An erasure of payloads in a community's log, with the positions of its rows. */
interface LogErasure extends Versioned {
  at: Date;
  positions: readonly number[];
}

const eventOf = ({ id, communityId, positions }: LogErasure, { rule, at }: Erasure): DomainEvent => ({
  ...{ version: 1, type: "log.erased", at, communityId, data: { rule, positions } },
  ...{ requestId: null, requestNo: null, serviceCode: null },
  about: { kind: "log-erasure", id, no: null },
  actor: { id: system.userId, role: system.role, name: system.name },
  subjects: { residentId: null, handlerId: null, previousHandlerId: null },
});

/** Stores erasures of payloads in the log. */
export const createLogErasureRepository = (connection: Connection) =>
  logErasuresIn(aggregateCollection(connection, "LogErasure", "log_erasures", [{ communityId: 1, at: 1 }]));

/** The repository on a collection whose model is defined elsewhere or not at all. */
export function logErasuresIn(collection: mongoose.mongo.Collection<mongoose.mongo.Document>) {
  const { insert } = aggregateRepository<LogErasure>(collection);
  return {
    /** Stores the erasure of the payloads at these positions, with its event. */
    async record(communityId: string, positions: readonly number[], erasure: Erasure): Promise<void> {
      const value: LogErasure = { id: newId(), version: 1, communityId, at: erasure.at, positions };
      await insert(value, eventOf(value, erasure), null);
    },
    /** The positions that the community's erasures name, in the log or not. */
    async positions(communityId: string): Promise<number[]> {
      const found = await collection.find({ communityId }, { projection: { positions: 1 } }).toArray();
      return found.flatMap(({ positions }) => positions as number[]);
    },
    /** The events of a community's erasures that are not in the log yet. */
    async pending(communityId: string): Promise<EventRecord[]> {
      const found = collection.find({ communityId, outboxPartitions: { $exists: true } });
      return (await found.toArray()).flatMap(({ outbox }) => outbox as EventRecord[]);
    },
  };
}
