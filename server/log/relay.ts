import type { Clock } from "../kernel/clock.ts";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { INSTALLATION } from "../core/domain/audit/audit.ts";
import { LANES, laneOf } from "../kernel/lane.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { Lease } from "./store/lanes.ts";
import type { LogRow } from "./store/log.ts";
import type { PendingDocument, PendingEvent } from "./store/outbox.ts";
import type { Store } from "../core/store/store.ts";
import type { Anchors } from "./anchors.ts";
import { type Consumer, type Reached, catchUp } from "./consumer.ts";
import { type Tail, emptyTail, sealRows } from "./seal.ts";

/** A lease is good for this long and renewed three times within it, ms. */
const LEASE_MS = 9_000;
const RENEW_MS = LEASE_MS / 3;
/** Without a kick the outboxes are looked at this often, ms. */
const POLL_MS = 250;
/** When nothing happens, what is led is looked at this often, ms: offers run out. */
const LEAD_MS = 1_000;
/** Documents taken from each collection in one pass. */
const BATCH = 500;
/**
 * After a pass that moved something the next one waits for twice as long as that took, at most this long, ms: a busy hour is relayed in
 * batches, and steps go first. Somebody alone waits for nothing.
 */
const MOST_REST_MS = 200;

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
  /** Does what only the holder of a community's lane may do, such as offering; called by the loop, not by `pass` and `drain`. */
  lead?: (communityId: string) => Promise<unknown>;
  /** Called at each point with what is under way; tests throw or wait in it. */
  probe?: (point: Point) => Promise<void> | void;
}

export interface Relay {
  /** Takes lanes and works until `stop`. */
  start(): void;
  /** Something may be in an outbox: looks at once instead of at the next poll. */
  kick(): void;
  /** One pass over every lane that can be had: true when events were relayed. */
  pass(): Promise<boolean>;
  /** Works until no outbox holds an event and every consumer is at the end. */
  drain(): Promise<void>;
  /** How many lanes this process holds now. */
  lanes(): number;
  /** How long ago it last went over its lanes without a fault, ms; 0 when it is not started. */
  quiet(): number;
  /** Ends the work in hand and gives the lanes back. Rejects when the end of the log could not be noted. */
  stop(): Promise<void>;
}

/**
 * Moves events from outboxes to the log. It holds lanes by lease; each event gets the next position of its community, and the unique
 * indexes on position and event id are the fence: a holder that was paused past its lease and wakes up finds its position taken,
 * writes nothing and reads the tail again. A crash at any point is mended by the next pass: events are cleared from an outbox
 * only when they are in the log, and those already in the log are not appended again.
 */
export function createRelay(options: RelayOptions): Relay {
  const { store, keys, clock, log, holder, consumers, anchors, probe = () => undefined } = options;
  const leases = new Map<number, Lease>();
  const tails = new Map<string, Tail>();
  /** How far the consumers have come, while the lanes stay the same. */
  const reached: Reached = new Map();
  /** Communities whose consumers may lag. */
  const behind = new Set<string>();
  /** Events that were relayed from outboxes as they were read last, and may still be in them. */
  let lately: ReadonlySet<string> = new Set();
  /** Whether an event may be in the log without being known to be: after a start, a crash, another's turn. */
  let unsure = true;
  /** Communities to which something has happened since they were led. */
  const stirred = new Set<string>();
  let renewedAt = 0;
  let ledAt = 0;
  let communities: readonly string[] = [];
  let running = false;
  let loop: Promise<void> = Promise.resolve();
  let wake: ((stopping: boolean) => void) | null = null;
  let kicked = false;
  let passedAt = 0;

  function forget(): void {
    tails.clear();
    reached.clear();
    unsure = true;
  }

  async function renewLeases(): Promise<void> {
    const now = clock.now();
    if (Math.abs(now.getTime() - renewedAt) < RENEW_MS) return;
    const until = new Date(now.getTime() + LEASE_MS);
    for (let lane = 0; lane < LANES; lane++) {
      const before = leases.get(lane);
      const lease = await store.lanes.acquire(lane, holder, now, until);
      if (lease) leases.set(lane, lease);
      else leases.delete(lane);
      if (lease?.token !== before?.token) forget();
    }
    renewedAt = now.getTime();
    // Rows that a replaced holder wrote late have no other herald.
    communities = await store.communities.ids();
    for (const id of [...communities, INSTALLATION]) if (leases.has(laneOf(id))) behind.add(id);
  }

  async function pass(): Promise<boolean> {
    await renewLeases();
    const now = clock.now();
    const held = [...leases.values()].filter(({ until }) => until > now).map(({ lane }) => lane);
    if (!held.length) return false;
    const documents = await store.outbox.pending(held, BATCH);
    await probe("collected");
    const appended = documents.length ? await relay(documents, new Set(held)) : new Map<string, LogRow[]>();
    if (behind.size) {
      const communityIds = [...behind];
      await catchUp(store, consumers, communityIds, { reached, appended });
      for (const communityId of communityIds) behind.delete(communityId);
      options.advanced?.();
    }
    await probe("consumed");
    return documents.length > 0;
  }

  /** Returns the rows that it has put at the end of each log. */
  async function relay(documents: readonly PendingDocument[], lanes: ReadonlySet<number>) {
    const events = documents.flatMap((d) => d.events).filter(({ event }) => lanes.has(laneOf(event.communityId)));
    const relayed = unsure ? await store.log.has(events.map(({ id }) => id)) : new Set<string>();
    for (const { id } of events) if (lately.has(id)) relayed.add(id);
    // Whoever finds an event or a position taken, or is broken off, does not know what else is there: the next pass asks.
    unsure = true;
    let smooth = true;
    const appended = new Map<string, LogRow[]>();
    for (const [communityId, fresh] of byCommunity(events.filter(({ id }) => !relayed.has(id)))) {
      behind.add(communityId);
      stirred.add(communityId);
      const rows = await append(communityId, fresh);
      smooth &&= rows !== null;
      if (!rows) continue;
      appended.set(communityId, rows);
      for (const { id } of fresh) relayed.add(id);
    }
    unsure = !smooth;
    lately = relayed;
    await probe("appended");
    await store.outbox.clear(documents, relayed);
    await probe("cleared");
    return appended;
  }

  async function append(communityId: string, events: readonly PendingEvent[]): Promise<LogRow[] | null> {
    const tail = tails.get(communityId) ?? (await store.log.tail(communityId)) ?? emptyTail;
    const rows = sealRows(keys, tail, events);
    const last = rows.at(-1);
    if (!last || !(await store.log.append(rows))) {
      tails.delete(communityId);
      return null;
    }
    tails.set(communityId, { pos: last.pos, seal: last.seal });
    anchors.note(communityId, { pos: last.pos, seal: last.seal });
    return rows;
  }

  async function lead(): Promise<void> {
    const now = clock.now();
    if (!options.lead) return;
    const all = now.getTime() - ledAt >= LEAD_MS;
    if (all) ledAt = now.getTime();
    const held = new Set([...leases.values()].filter(({ until }) => until > now).map(({ lane }) => lane));
    const due = communities.filter((id) => held.has(laneOf(id)) && (all || stirred.has(id)));
    stirred.clear();
    for (const id of due) await options.lead(id);
  }

  async function work(): Promise<void> {
    while (running) {
      kicked = false;
      try {
        const started = performance.now();
        const moved = await pass();
        await lead();
        passedAt = performance.now();
        if (moved) await rest(Math.min(2 * (passedAt - started), MOST_REST_MS));
        if (moved || kicked) continue;
      } catch (error) {
        log.error({ err: error }, "relay: a pass failed; the next one tries again");
        forget();
      }
      await rest(POLL_MS, true);
    }
  }

  /** Waits so long, or until it is stopped; `light`: or kicked. */
  async function rest(ms: number, light = false): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      wake = (stopping) => {
        if (light || stopping) resolve();
      };
    });
    const cancel = new AbortController();
    await Promise.race([woken, wait(ms, undefined, { signal: cancel.signal }).catch(() => undefined)]);
    cancel.abort();
    wake = null;
  }

  return {
    start() {
      running = true;
      passedAt = performance.now();
      loop = work();
    },
    kick() {
      kicked = true;
      wake?.(false);
    },
    pass,
    async drain() {
      while (await pass());
    },
    lanes: () => [...leases.values()].filter(({ until }) => until > clock.now()).length,
    quiet: () => (running ? performance.now() - passedAt : 0),
    async stop() {
      running = false;
      wake?.(true);
      await loop;
      try {
        await anchors.flush();
      } catch (error) {
        log.error({ err: error }, "relay: the end of the log could not be noted outside the database");
        throw error;
      } finally {
        // A full disk is no reason for others to wait for a lease to end.
        await store.lanes.release(holder, clock.now());
        leases.clear();
      }
    },
  };
}

/** Events of each community in order of time; those of one aggregate in order of version, whatever the clocks of its writers said. */
function byCommunity(events: readonly PendingEvent[]): Map<string, PendingEvent[]> {
  const latest = new Map<string, number>();
  const timed = events.map((pending) => {
    const aggregate = pending.id.slice(0, pending.id.indexOf(":"));
    const at = Math.max(pending.event.at.getTime(), latest.get(aggregate) ?? 0);
    latest.set(aggregate, at);
    return { at, pending };
  });
  const sorted = timed.toSorted((a, b) => a.at - b.at).map(({ pending }) => pending);
  return Map.groupBy(sorted, ({ event }) => event.communityId);
}
