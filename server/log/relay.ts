import type { Logger } from "pino";
import type { Keys } from "../adapters/keys/keys.ts";
import { INSTALLATION } from "../core/domain/audit/audit.ts";
import type { Store } from "../core/store/store.ts";
import type { Clock } from "../kernel/clock.ts";
import { partitionOf } from "../kernel/partition.ts";
import type { Anchors } from "./anchors.ts";
import { createCommunityLeader } from "./community-leader.ts";
import { createConsumerGroup } from "./consumer-group.ts";
import type { Consumer } from "./consumer.ts";
import { byCommunity, createLogAppender } from "./log-appender.ts";
import { createOutboxReader } from "./outbox-reader.ts";
import { createPartitionLeases } from "./partition-leases.ts";
import type { LogRow } from "./store/log-row.ts";
import type { PendingDocument } from "./store/outbox.ts";
import { createWorkLoop } from "./work-loop.ts";

/** How often the outboxes are polled when nothing wakes the relay, ms. */
const POLL_MS = 250;
/**
 * The longest pause between passes under load, ms. Events that arrive meanwhile are relayed in one batch. An event that
 * arrives while the relay is idle is relayed at once.
 */
const MAX_REST_MS = 200;

/** Points at which a test can interrupt the relay, to simulate a crash. */
export type ProbePoint = "collected" | "appended" | "cleared" | "consumed";

export interface RelayOptions {
  store: Store;
  keys: Keys;
  /** The real time, for leases. */
  clock: Clock;
  log: Logger;
  /** Identifies this process among those that share the database. */
  holder: string;
  consumers: readonly Consumer[];
  /** Where the end of each log is noted outside the database. */
  anchors: Anchors;
  /** Called after every consumer has reached the end of the logs. */
  onCaughtUp?: () => void;
  /**
   * Runs the work that only the holder of a community's partition may do. Called by the loop, not by `pass` and
   * `drain`.
   */
  lead?: (communityId: string) => Promise<unknown>;
  /** Called at each point. Tests throw or wait in it. */
  probe?: (point: ProbePoint) => Promise<void> | void;
}

export interface Relay {
  /** Takes partitions and relays until `stop`. */
  start(): void;
  /** Starts a pass at once instead of at the next poll. */
  wake(): void;
  /** One pass over every partition that can be leased. True when events were relayed. */
  pass(): Promise<boolean>;
  /** Passes until every outbox is empty and every consumer is at the end. */
  drain(): Promise<void>;
  /** The number of partitions that this process holds. */
  partitions(): number;
  /** Time since the last pass without an error, ms; 0 when it is not started. */
  quietMs(): number;
  /** Finishes the pass in progress and releases the partitions. Rejects when the end of a log could not be noted. */
  stop(): Promise<void>;
}

/**
 * Moves events from outboxes to the log, for the partitions that it holds by lease. Each event gets the next position
 * of its community. The unique indexes on position and event id fence off stale holders: a holder that was paused past
 * its lease finds its position taken, writes nothing and reads the tail again. The next pass recovers from a crash at
 * any point: an event is cleared from an outbox only when it is in the log, and an event in the log is not appended
 * again.
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
    ids.filter((id) => held.has(partitionOf(id)));

  async function pass(): Promise<boolean> {
    if (await leases.renew()) {
      communities = await store.communities.ids();
      // A replaced holder may have appended rows late. Nothing signals them, so all held logs are checked.
      consumers.lag(heldOf([...communities, INSTALLATION], leases.held()));
    }
    const held = leases.held();
    if (!held.size) return false;
    const documents = await reader.pending(held);
    await probe("collected");
    const appended = documents.length ? await relay(documents, held) : new Map<string, LogRow[]>();
    if (await consumers.catchUp(appended)) options.onCaughtUp?.();
    await probe("consumed");
    return documents.length > 0;
  }

  /** Returns the rows that it appended, by community. */
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
        // Leases are released even when the anchors could not be written, so that another process can take over at
        // once.
        await leases.release();
      }
    },
  };
}
