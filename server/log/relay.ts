import type { Logger } from "pino";
import type { Keys } from "../adapters/keys/keys.ts";
import { INSTALLATION } from "../core/domain/audit/audit.ts";
import type { Store } from "../core/store/store.ts";
import type { Clock } from "../kernel/clock.ts";
import { laneOf } from "../kernel/lane.ts";
import type { Anchors } from "./anchors.ts";
import { createCommunityLeader } from "./community-leader.ts";
import { createConsumerGroup } from "./consumer-group.ts";
import type { Consumer } from "./consumer.ts";
import { byCommunity, createLogAppender } from "./log-appender.ts";
import { createOutboxReader } from "./outbox-reader.ts";
import { createPartitionLeases } from "./partition-leases.ts";
import type { LogRow } from "./store/log.ts";
import type { PendingDocument } from "./store/outbox.ts";
import { createWorkLoop } from "./work-loop.ts";

/** The outboxes are looked at this often when nobody wakes the relay, ms. */
const POLL_MS = 250;
/** A busy hour is relayed in batches, and steps go first; somebody alone waits for nothing, ms. */
const MAX_REST_MS = 200;

/** Points at which a test may stop the relay, as a crash would. */
export type Point = "collected" | "appended" | "cleared" | "consumed";

export interface RelayOptions {
  store: Store;
  keys: Keys;
  /** The real time, for leases. */
  clock: Clock;
  log: Logger;
  /** Names this process among all that share the database. */
  holder: string;
  consumers: readonly Consumer[];
  /** Where the end of each log is noted outside the database. */
  anchors: Anchors;
  /** Called when every consumer has come to the end of a community's log. */
  advanced?: () => void;
  /** Does what only the holder of a community's partition may do; called by the loop, not by `pass` and `drain`. */
  lead?: (communityId: string) => Promise<unknown>;
  /** Called at each point with what is under way; tests throw or wait in it. */
  probe?: (point: Point) => Promise<void> | void;
}

export interface Relay {
  /** Takes partitions and works until `stop`. */
  start(): void;
  /** Something may be in an outbox: looks at once instead of at the next poll. */
  wake(): void;
  /** One pass over every partition that can be had: true when events were relayed. */
  pass(): Promise<boolean>;
  /** Works until no outbox holds an event and every consumer is at the end. */
  drain(): Promise<void>;
  /** How many partitions this process holds now. */
  partitions(): number;
  /** How long ago it last went over its partitions without a fault, ms; 0 when it is not started. */
  quietMs(): number;
  /** Ends the work in hand and gives the partitions back. Rejects when the end of the log could not be noted. */
  stop(): Promise<void>;
}

/**
 * Moves events from outboxes to the log. It holds partitions by lease. Each event gets the next position of its
 * community, and the unique indexes on position and event id are the fence: a holder that was paused past its lease
 * finds its position taken, writes nothing and reads the tail again. A crash at any point is mended by the next pass:
 * events are cleared from an outbox only when they are in the log, and those in the log are not appended again.
 */
export function createRelay(options: RelayOptions): Relay {
  const { store, keys, clock, log, holder, anchors, probe = () => undefined } = options;
  const reader = createOutboxReader(store);
  const appender = createLogAppender({ store, keys, anchors });
  const consumers = createConsumerGroup(store, options.consumers);
  const leader = options.lead ? createCommunityLeader(clock, options.lead) : null;
  const leases = createPartitionLeases({ store, clock, holder, changed: forget });
  const loop = createWorkLoop({ work: passAndLead, failed, pollMs: POLL_MS, maxRestMs: MAX_REST_MS });
  let communities: readonly string[] = [];

  function forget(): void {
    reader.forget();
    appender.forget();
    consumers.forget();
  }

  const heldOf = (ids: readonly string[], held: ReadonlySet<number>): string[] =>
    ids.filter((id) => held.has(laneOf(id)));

  async function pass(): Promise<boolean> {
    if (await leases.renew()) {
      communities = await store.communities.ids();
      // Nobody tells of rows that a replaced holder wrote late.
      consumers.lag(heldOf([...communities, INSTALLATION], leases.held()));
    }
    const held = leases.held();
    if (!held.size) return false;
    const documents = await reader.pending(held);
    await probe("collected");
    const appended = documents.length ? await relay(documents, held) : new Map<string, LogRow[]>();
    if (await consumers.catchUp(appended)) options.advanced?.();
    await probe("consumed");
    return documents.length > 0;
  }

  /** Returns the rows that it has put at the end of each log. */
  async function relay(documents: readonly PendingDocument[], held: ReadonlySet<number>) {
    const { fresh, relayed } = await reader.batchOf(documents, held);
    const appended = new Map<string, LogRow[]>();
    let complete = true;
    for (const [communityId, events] of byCommunity(fresh)) {
      consumers.lag([communityId]);
      leader?.stir(communityId);
      const rows = await appender.append(communityId, events);
      if (rows) {
        appended.set(communityId, rows);
        for (const { id } of events) relayed.add(id);
      } else complete = false;
    }
    await probe("appended");
    await reader.clear(documents, relayed, complete);
    await probe("cleared");
    return appended;
  }

  async function passAndLead(): Promise<boolean> {
    const moved = await pass();
    await leader?.lead(heldOf(communities, leases.held()));
    return moved;
  }

  function failed(error: unknown): void {
    log.error({ err: error }, "relay: a pass failed; the next one tries again");
    forget();
  }

  return {
    start: loop.start,
    wake: loop.wake,
    pass,
    async drain() {
      while (await pass());
    },
    partitions: () => leases.held().size,
    quietMs: loop.quietMs,
    async stop() {
      await loop.stop();
      try {
        await anchors.flush();
      } catch (error) {
        log.error({ err: error }, "relay: the end of the log could not be noted outside the database");
        throw error;
      } finally {
        // A full disk is no reason for others to wait for a lease to end.
        await leases.release();
      }
    },
  };
}
