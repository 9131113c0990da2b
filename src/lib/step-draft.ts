import type { KeyValue } from "../wx/storage";
import type { DraftPhoto } from "./draft-photos";

/** Words of a step that are not sent yet. */
export interface StepDraft {
  text: string;
  photos: readonly DraftPhoto[];
  /** Until when, ISO 8601; of steps that ask for time. */
  until?: string;
}

const empty: StepDraft = { text: "", photos: [] };

/** Reads what was being written for this step of this request. */
export function loadStepDraft(storage: KeyValue, requestId: string, action: string): StepDraft {
  const kept = storage.get(keyOf(requestId, action));
  return isStepDraft(kept) ? kept : empty;
}

/** Keeps it; nothing written keeps nothing. */
export function saveStepDraft(storage: KeyValue, requestId: string, action: string, draft: StepDraft): void {
  if (draft.text === "" && draft.photos.length === 0) storage.remove(keyOf(requestId, action));
  else storage.set(keyOf(requestId, action), draft);
}

const keyOf = (requestId: string, action: string): string => `step.${requestId}.${action}`;

function isStepDraft(kept: unknown): kept is StepDraft {
  return typeof kept === "object" && kept !== null && "text" in kept && "photos" in kept && Array.isArray(kept.photos);
}
