/**
 * The number of partitions into which the work of log and dispatch is split. One process holds a partition at a time.
 */
export const PARTITION_COUNT = 16;

/** The partition of a community, 0 to 15: FNV-1a (32 bit) of its id. Never change it: stored outboxes carry it. */
export function partitionOf(communityId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(communityId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % PARTITION_COUNT;
}
