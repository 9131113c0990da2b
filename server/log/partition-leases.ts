import type { Clock } from "../kernel/clock.ts";
import { LANES } from "../kernel/lane.ts";
import type { Lease } from "./store/lanes.ts";
import type { Store } from "../core/store/store.ts";

/** A lease is good for this long and renewed three times within it, ms. */
const LEASE_MS = 9_000;
const RENEW_MS = LEASE_MS / 3;

/** The partitions that this process holds. */
export interface PartitionLeases {
  /** Takes what is free and renews what it holds, every few seconds. True: it was time to, and done. */
  renew(): Promise<boolean>;
  /** The partitions whose lease has not ended. */
  held(): ReadonlySet<number>;
  /** Gives all back, so that another process need not wait for the end of the leases. */
  release(): Promise<void>;
}

export interface PartitionLeasesOptions {
  store: Pick<Store, "lanes">;
  /** The real time. */
  clock: Clock;
  /** Names this process among all that share the database. */
  holder: string;
  /** Called when a partition has come or gone: what was known of its logs may be wrong. */
  changed: () => void;
}

/** Leases of partitions, none held yet. */
export function createPartitionLeases({ store, clock, holder, changed }: PartitionLeasesOptions): PartitionLeases {
  const leases = new Map<number, Lease>();
  let renewedAt = 0;

  return {
    async renew() {
      const now = clock.now();
      // Also when the clock was set back.
      if (Math.abs(now.getTime() - renewedAt) < RENEW_MS) return false;
      const until = new Date(now.getTime() + LEASE_MS);
      for (let partition = 0; partition < LANES; partition++) {
        const before = leases.get(partition);
        const lease = await store.lanes.acquire(partition, holder, now, until);
        if (lease) leases.set(partition, lease);
        else leases.delete(partition);
        if (lease?.token !== before?.token) changed();
      }
      renewedAt = now.getTime();
      return true;
    },
    held() {
      const now = clock.now();
      return new Set([...leases].filter(([, { until }]) => until > now).map(([partition]) => partition));
    },
    async release() {
      await store.lanes.release(holder, clock.now());
      leases.clear();
    },
  };
}
