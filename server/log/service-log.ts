import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { Clock } from "../kernel/clock.ts";
import { type AnchorFile, anchorFile } from "./anchor-file.ts";
import type { Anchors } from "./anchors.ts";
import { signDays } from "./day-anchors.ts";
import { waitUntilRecorded } from "./wait-until-recorded.ts";
import { type VerifiedRange, verifyRange } from "./verify-range.ts";
import { type Fault, type Tail, emptyTail } from "./seal.ts";
import type { DayAnchor } from "./store/day-anchors.ts";
import type { LogRow } from "./store/log.ts";
import { walkLog } from "./walk-log.ts";

/** Rows of the log that one call checks: less than a second of work. */
const VERIFY_BATCH_SIZE = 2_000;
/** The relay takes some ten milliseconds; a log that is not written to for so long is out of order, ms. */
const RECORD_TIMEOUT_MS = 5_000;

/** How far a log was checked; `rows` of them, and they hold up to `tail`. */
export interface CheckedLog {
  rows: number;
  tail: Tail;
  done: boolean;
  fault: (Pick<Fault, "kind"> & { pos: number }) | null;
}

/** The sealed log, as use cases ask it. What they do is written to it by the relay, from the outboxes. */
export interface ServiceLog {
  /** Waits until an event is in the log, not only in an outbox. False: it is not, after some seconds. */
  waitUntilRecorded(eventId: string): Promise<boolean>;
  /** Signs the days of a community's log that are over; returns all that are signed, the oldest first. */
  signDays(communityId: string): Promise<readonly DayAnchor[]>;
  /** What is exported of signed days, with the public keys to check it by. */
  anchorFile(communities: Record<string, readonly DayAnchor[]>): AnchorFile;
  /** Checks rows of a community's log from one to another, and the signed end of the day above them. */
  verifyRange(
    communityId: string,
    first: Pick<LogRow, "pos">,
    last: Pick<LogRow, "pos" | "seal">,
  ): Promise<VerifiedRange>;
  /** Checks the next part of a community's log, after a row that is known to hold. */
  check(communityId: string, after: number): Promise<CheckedLog>;
}

export interface ServiceLogParts {
  store: Pick<Store, "log" | "dayAnchors">;
  keys: Keys;
  clock: Clock;
  /** The ends of logs as they were noted outside the database. */
  anchors: Pick<Anchors, "read">;
  /** Tells the relay that there is something to write. */
  wakeRelay: () => void;
  /** How long something waits to be on record, ms; default five seconds. */
  recordTimeoutMs?: number;
}

export function createServiceLog(parts: ServiceLogParts): ServiceLog {
  const { store, keys, anchors, recordTimeoutMs = RECORD_TIMEOUT_MS } = parts;
  return {
    waitUntilRecorded: (eventId) => waitUntilRecorded(parts, eventId, recordTimeoutMs),
    signDays: (communityId) => signDays(parts, communityId),
    anchorFile: (communities) => anchorFile(keys, communities),
    verifyRange: (communityId, first, last) => verifyRange(parts, communityId, first, last),
    async check(communityId, after) {
      const noted = (await anchors.read())[communityId] ?? emptyTail;
      return walkLog({ store, keys, noted }, communityId, { after, limit: VERIFY_BATCH_SIZE });
    },
  };
}
