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
import type { LogRow } from "./store/log-row.ts";
import { walkLog } from "./walk-log.ts";

/** Rows that one call checks; takes less than a second. */
const VERIFY_BATCH_SIZE = 2_000;
/** Default of `recordTimeoutMs`. The relay usually takes about ten milliseconds. */
const RECORD_TIMEOUT_MS = 5_000;

/** The result of checking a part of a log: `rows` rows were checked, and they are valid up to `tail`. */
export interface CheckedLog {
  rows: number;
  tail: Tail;
  done: boolean;
  fault: (Pick<Fault, "kind"> & { pos: number }) | null;
}

/** The sealed log as use cases see it. Use cases do not write to it: the relay does, from the outboxes. */
export interface ServiceLog {
  /** Waits until the relay has appended an event. False: it has not within some seconds. */
  waitUntilRecorded(eventId: string): Promise<boolean>;
  /** Signs the past days of a community's log. Returns all signed days, the oldest first. */
  signDays(communityId: string): Promise<readonly DayAnchor[]>;
  /** The export of signed days, with the public keys that verify them. */
  anchorFile(communities: Record<string, readonly DayAnchor[]>): AnchorFile;
  /** Checks the rows of a community's log from `first` to `last`, and on to the signed end of that day. */
  verifyRange(
    communityId: string,
    first: Pick<LogRow, "pos">,
    last: Pick<LogRow, "pos" | "seal">,
  ): Promise<VerifiedRange>;
  /** Checks the next part of a community's log, after a position that is known to be valid. */
  check(communityId: string, after: number): Promise<CheckedLog>;
}

export interface ServiceLogParts {
  store: Pick<Store, "log" | "logErasures" | "dayAnchors">;
  keys: Keys;
  clock: Clock;
  /** The ends of the logs as noted outside the database. */
  anchors: Pick<Anchors, "read">;
  /** Tells the relay that an outbox may have events. */
  wakeRelay: () => void;
  /** How long `waitUntilRecorded` waits, ms; default five seconds. */
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
