import type { Relation } from "../../contract/index.ts";
import type { KeyValue } from "../wx/storage";
import type { DraftPhoto } from "./draft-photos";
import type { When } from "./time-window";

/** A request that is being written. It outlives a lost connection, a reload and the app. */
export interface Draft {
  /** The idempotency key: made once with the draft and sent with every try, so that many tries make one request. */
  key: string;
  description: string;
  /** As picked by hand; null: as suggested by the words. */
  serviceCode: string | null;
  answers: Record<string, string>;
  photos: readonly DraftPhoto[];
  /** Null: the resident's own address. */
  place: { building: string; unit: string; room: string } | null;
  /** Null: any time. */
  when: When | null;
  /** Null: the resident. */
  contact: { name: string; phone: string } | null;
  /** Null: for oneself. Otherwise the elder in the family whose request it will be. */
  elder: (Principal & { relation: Relation | null }) | null;
}

/** Somebody for whom somebody else files. */
export interface Principal {
  name: string;
  phone: string;
  place: { building: string; unit: string; room: string };
}

export interface Drafts {
  /** The draft on this device, or a new one. */
  load(): Draft;
  save(draft: Draft): void;
  /** It was filed, or thrown away: the next one has a key of its own. */
  clear(): void;
  /** Whether something is written that waits to be filed. */
  waiting(): boolean;
}

const KEY = "draft";

/** Drafts in `storage`, with keys from `newKey`. */
export function createDrafts(storage: KeyValue, newKey: () => string): Drafts {
  const kept = (): Draft | null => {
    const value = storage.get(KEY);
    // A draft of an earlier version of the app lacks what came since.
    return isDraft(value) ? { ...emptyDraft(value.key), ...value } : null;
  };
  return {
    load() {
      const found = kept();
      if (found) return found;
      const draft = emptyDraft(newKey());
      // Kept at once: a reload before the first word must not change the key.
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
