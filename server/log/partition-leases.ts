import type { Clock } from "../kernel/clock.ts";
import { PARTITION_COUNT } from "../kernel/partition.ts";
import type { Lease } from "./store/partition-leases.ts";
import type { Store } from "../core/store/store.ts";

/** How long a lease lasts, ms. It is renewed three times within that time. */
const LEASE_MS = 9_000;
const RENEW_MS = LEASE_MS / 3;

/** The partitions that this process holds. */
export interface PartitionLeases {
  /**
   * Takes free partitions and renews those held, at most every {@link RENEW_MS}. Returns whether it was time to do so.
   */
  renew(): Promise<boolean>;
  /** The partitions whose lease has not expired. */
  held(): ReadonlySet<number>;
  /** Releases all partitions, so that another process need not wait until the leases expire. */
  release(): Promise<void>;
}

export interface PartitionLeasesOptions {
  store: Pick<Store, "partitions">;
  /** The real time. */
  clock: Clock;
  /** Identifies this process among those that share the database. */
  holder: string;
  /** Called when a partition was gained or lost. Cached ends and offsets of its logs may then be wrong. */
  changed: () => void;
}

/** Creates the leases; none is held yet. */
export function createPartitionLeases({ store, clock, holder, changed }: PartitionLeasesOptions): PartitionLeases {
  const leases = new Map<number, Lease>();
  let renewedAt = 0;

  return {
    async renew() {
      const now = clock.now();
      // The absolute difference also covers a clock that was set back.
      if (Math.abs(now.getTime() - renewedAt) < RENEW_MS) return false;
      const until = new Date(now.getTime() + LEASE_MS);
      for (let partition = 0; partition < PARTITION_COUNT; partition++) {
        const before = leases.get(partition);
        const lease = await store.partitions.acquire(partition, holder, now, until);
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
      await store.partitions.release(holder, clock.now());
      leases.clear();
    },
  };
}
