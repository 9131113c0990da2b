/** The work of the log and of dispatch is split into this many lanes; one process holds a lane at a time. */
export const LANES = 16;

/** The lane of a community, 0 to 15: FNV-1a (32 bit) of its id. Never change it: stored outboxes carry it. */
export function laneOf(communityId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(communityId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % LANES;
}
