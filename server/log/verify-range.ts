import type { Keys } from "../adapters/keys/keys.ts";
import type { LogRow } from "./store/log-row.ts";
import type { Store } from "../core/store/store.ts";
import { fingerprint, publicKeyOf } from "./anchor-file.ts";
import type { DayAnchor } from "./store/day-anchors.ts";
import { emptyTail } from "./seal.ts";
import { walkLog } from "./walk-log.ts";

/** The verification of a part of a log. */
export interface VerifiedRange {
  /** Every row from the first up to the anchor's position (or, without an anchor, the last row) is unchanged. */
  holds: boolean;
  /** The anchor that covers the last row, with the fingerprint of its public key; null: the day is not signed yet. */
  anchor: (DayAnchor & { fingerprint: string }) | null;
}

/** Verifies the rows of a community's log from `first` to the signed end of the day of `last`. */
export async function verifyRange(
  { store, keys }: { store: Pick<Store, "log" | "logErasures" | "dayAnchors">; keys: Keys },
  communityId: string,
  first: Pick<LogRow, "pos">,
  last: Pick<LogRow, "pos" | "seal">,
): Promise<VerifiedRange> {
  const anchor = await store.dayAnchors.covering(communityId, last.pos);
  const end = anchor ?? last;
  const { fault, tail } = await walkLog({ store, keys, noted: emptyTail }, communityId, {
    after: first.pos - 1,
    limit: end.pos - first.pos + 1,
  });
  const [row] = await store.log.after(communityId, end.pos - 1, 1);
  return {
    holds: fault === null && tail.pos >= end.pos && row?.pos === end.pos && row.seal === end.seal,
    anchor: anchor && { ...anchor, fingerprint: fingerprint(publicKeyOf(keys, anchor.keyId) ?? "") },
  };
}
