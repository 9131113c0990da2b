import { useCallback, useState } from "react";
import type { Draft } from "../../../lib/draft";
import { drafts } from "../../../wx/drafts";
import { usePageShow } from "../../../wx/lifecycle";

type Change = Partial<Draft> | ((draft: Draft) => Partial<Draft>);

/** The stored draft; every change is stored at once. `restart` discards it and begins another with a new key. */
export function useDraft(): {
  draft: Draft;
  change: (change: Change) => void;
  restart: (keep?: Partial<Draft>) => Draft;
} {
  const [draft, setDraft] = useState<Draft>(() => drafts.load());

  // While another page was open, the draft may have been filed or discarded; a new one is then loaded.
  usePageShow(() => {
    setDraft((before) => {
      const kept = drafts.load();
      return kept.key === before.key ? before : kept;
    });
  });

  const change = useCallback((part: Change) => {
    setDraft((before) => {
      const after = { ...before, ...(typeof part === "function" ? part(before) : part) };
      drafts.save(after);
      return after;
    });
  }, []);

  const restart = useCallback((keep: Partial<Draft> = {}): Draft => {
    drafts.clear();
    const next = { ...drafts.load(), ...keep };
    drafts.save(next);
    setDraft(next);
    return next;
  }, []);

  return { draft, change, restart };
}
