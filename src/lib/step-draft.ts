import type { KeyValue } from "../wx/storage";
import type { DraftPhoto } from "./draft-photos";

/** The input of a step that is not sent yet. */
export interface StepDraft {
  text: string;
  photos: readonly DraftPhoto[];
  /** Until when, ISO 8601, for steps that ask for time. */
  until?: string;
}

const empty: StepDraft = { text: "", photos: [] };

/** Reads the stored draft of a step of a request. */
export function loadStepDraft(storage: KeyValue, requestId: string, action: string): StepDraft {
  const kept = storage.get(keyOf(requestId, action));
  return isStepDraft(kept) ? kept : empty;
}

/** Stores the draft; an empty one is removed. */
export function saveStepDraft(storage: KeyValue, requestId: string, action: string, draft: StepDraft): void {
  if (draft.text === "" && draft.photos.length === 0) storage.remove(keyOf(requestId, action));
  else storage.set(keyOf(requestId, action), draft);
}

const keyOf = (requestId: string, action: string): string => `step.${requestId}.${action}`;

function isStepDraft(kept: unknown): kept is StepDraft {
  return typeof kept === "object" && kept !== null && "text" in kept && "photos" in kept && Array.isArray(kept.photos);
}
