import { useRef, useState } from "react";
import type { Reply } from "../../../contract/index.ts";
import { type ApiError, toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";

type Part = Reply<"POST /api/log/verify">;

/** The progress of the verification of one community's log. */
export interface Checked {
  communityId: string;
  rows: number;
  last: Part | null;
}

/** Verifies logs in parts, so that progress can be shown and the verification can be stopped. */
export function useVerify() {
  const [results, setResults] = useState<readonly Checked[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);

  const run = async (communityIds: readonly string[]) => {
    const mine = new AbortController();
    running.current = mine;
    setBusy(true);
    setError(null);
    setResults([]);
    try {
      for (const communityId of communityIds) await check(communityId, mine.signal);
    } catch (thrown) {
      if (!mine.signal.aborted) setError(toApiError(thrown));
    } finally {
      setBusy(false);
    }
  };

  const check = async (communityId: string, signal: AbortSignal) => {
    let checked: Checked = { communityId, rows: 0, last: null };
    do {
      const body = { communityId, after: checked.last?.upTo ?? 0 };
      const last: Part = await call("POST /api/log/verify", { body }, { signal });
      const next = { communityId, rows: checked.rows + last.rows, last };
      checked = next;
      setResults((before) => [...before.filter((one) => one.communityId !== communityId), next]);
    } while (!checked.last?.done);
  };

  const stop = () => running.current?.abort();
  const clear = () => {
    setResults([]);
    setError(null);
  };
  return { results, error, busy, run, stop, clear };
}
