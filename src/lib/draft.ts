import type { Relation } from "../../contract/index.ts";
import type { KeyValue } from "../wx/storage";
import type { DraftPhoto } from "./draft-photos";
import type { When } from "./time-window";

/** A request that is being written. It is stored on the device and survives reloads and restarts. */
export interface Draft {
  /**
   * The idempotency key, created with the draft and sent with every attempt, so that several attempts file one request.
   */
  key: string;
  description: string;
  /** The service that the resident chose. Null: as suggested from the description. */
  serviceCode: string | null;
  answers: Record<string, string>;
  photos: readonly DraftPhoto[];
  /** Null: the resident's own home. */
  place: { building: string; unit: string; room: string } | null;
  /** Null: any time. */
  when: When | null;
  /** Null: the resident. */
  contact: { name: string; phone: string } | null;
  /** Null: the resident files for themselves. Otherwise the elder who will own the request. */
  elder: (Principal & { relation: Relation | null }) | null;
}

/** A person for whom somebody else files. */
export interface Principal {
  name: string;
  phone: string;
  place: { building: string; unit: string; room: string };
}

export interface Drafts {
  /** The stored draft, or a new one. */
  load(): Draft;
  save(draft: Draft): void;
  /** Removes the draft after it was filed or discarded. The next one gets another key. */
  clear(): void;
  /** Whether a draft with content is stored. */
  waiting(): boolean;
}

const KEY = "draft";

/** Drafts in `storage`, with keys from `newKey`. */
export function createDrafts(storage: KeyValue, newKey: () => string): Drafts {
  const kept = (): Draft | null => {
    const value = storage.get(KEY);
    // A draft that an earlier version of the app stored lacks newer fields.
    return isDraft(value) ? { ...emptyDraft(value.key), ...value } : null;
  };
  return {
    load() {
      const found = kept();
      if (found) return found;
      const draft = emptyDraft(newKey());
      // Stored at once, so that a reload before the first input does not change the key.
      storage.set(KEY, draft);
      return draft;
    },
    save: (draft) => storage.set(KEY, draft),
    clear: () => storage.remove(KEY),
    waiting() {
      const found = kept();
      return found !== null && (found.description.trim() !== "" || found.photos.length > 0);
    },
  };
}

const emptyDraft = (key: string): Draft => ({
  key,
  description: "",
  serviceCode: null,
  answers: {},
  photos: [],
  place: null,
  when: null,
  contact: null,
  elder: null,
});

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "key" in value &&
    typeof value.key === "string" &&
    "description" in value &&
    "photos" in value &&
    Array.isArray(value.photos)
  );
}
