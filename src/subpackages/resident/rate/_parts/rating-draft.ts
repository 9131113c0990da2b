import type { Rating } from "../../../../../contract/index.ts";
import type { KeyValue } from "../../../../wx/storage";

/** A rating that is being given. */
export interface RatingDraft {
  outcome: Rating["outcome"] | null;
  scores: Partial<Rating["scores"]>;
  tags: readonly string[];
  comment: string;
}

/** Reads what was being said of this request; null: nothing yet. */
export function loadRating(storage: KeyValue, requestId: string): RatingDraft | null {
  const kept = storage.get(keyOf(requestId));
  return isRating(kept) ? kept : null;
}

/** Keeps it until it is sent; null: it was. */
export function saveRating(storage: KeyValue, requestId: string, draft: RatingDraft | null): void {
  if (draft === null) storage.remove(keyOf(requestId));
  else storage.set(keyOf(requestId), draft);
}

/** As the drafts of other steps. */
const keyOf = (requestId: string): string => `step.${requestId}.rate`;

function isRating(kept: unknown): kept is RatingDraft {
  return typeof kept === "object" && kept !== null && "outcome" in kept && "scores" in kept;
}
