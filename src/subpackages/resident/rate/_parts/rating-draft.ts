import type { Rating } from "../../../../../contract/index.ts";
import type { KeyValue } from "../../../../wx/storage";

/** A rating that is not sent yet. */
export interface RatingDraft {
  outcome: Rating["outcome"] | null;
  scores: Partial<Rating["scores"]>;
  tags: readonly string[];
  comment: string;
}

/** Reads the stored draft of a rating. Null: none. */
export function loadRating(storage: KeyValue, requestId: string): RatingDraft | null {
  const kept = storage.get(keyOf(requestId));
  return isRating(kept) ? kept : null;
}

/** Stores the draft. Null removes it, after the rating was sent. */
export function saveRating(storage: KeyValue, requestId: string, draft: RatingDraft | null): void {
  if (draft === null) storage.remove(keyOf(requestId));
  else storage.set(keyOf(requestId), draft);
}

/** The same form of key as drafts of other steps have. */
const keyOf = (requestId: string): string => `step.${requestId}.rate`;

function isRating(kept: unknown): kept is RatingDraft {
  return typeof kept === "object" && kept !== null && "outcome" in kept && "scores" in kept;
}
