import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { usePoll } from "./poll.ts";

/** What a page shows of something that is fetched. Old data stay visible while new ones load or fail. */
export interface Loaded<T> {
  data: T | undefined;
  error: ApiError | null;
  /** A fetch is under way that the user asked for (not a poll). */
  loading: boolean;
  /** When `data` came. */
  at: Date | null;
  reload: () => void;
}

/** What a page may also show a newer state of, which a step has returned. */
export interface Written<T> extends Loaded<T> {
  /** An answer to a fetch that is under way may be from before it: it is fetched again. */
  put: (data: T) => void;
}

interface State<T> {
  id: string | null;
  data: T | undefined;
  error: ApiError | null;
  loading: boolean;
  at: Date | null;
}

/**
 * Fetches when `id` changes, every `pollMs` while the tab is visible, and at news that concern it. `id` says what is asked for (an
 * operation's key, a space, the rest): data of another id are kept on screen until the new ones come, unless `forget`. A null `id` asks for nothing. Late replies of old ids are dropped.
 */
export function useLoaded<T>(
  id: string | null,
  fetcher: (signal: AbortSignal) => Promise<T>,
  { pollMs = null, forget = false }: { pollMs?: number | null; forget?: boolean } = {},
): Written<T> {
  const [state, setState] = useState<State<T>>({
    id: null,
    data: undefined,
    error: null,
    loading: id !== null,
    at: null,
  });
  const run = useRef<AbortController | null>(null);
  /** Something changed while a fetch was under way: its answer may be from before. */
  const again = useRef(false);
  const [missed, setMissed] = useState(0);
  const latest = useRef({ id, fetcher });
  useEffect(() => {
    latest.current = { id, fetcher };
  });

  const load = useCallback(
    async (quiet: boolean) => {
      if (id === null) return;
      run.current?.abort();
      const mine = new AbortController();
      run.current = mine;
      again.current = false;
      if (!quiet) {
        setState((old) => ({
          ...old,
          id,
          loading: true,
          error: null,
          data: forget && old.id !== id ? undefined : old.data,
        }));
      }
      try {
        const data = await latest.current.fetcher(mine.signal);
        if (!mine.signal.aborted) setState({ id, data, error: null, loading: false, at: new Date() });
      } catch (thrown) {
        if (!mine.signal.aborted) setState((old) => ({ ...old, id, error: toApiError(thrown), loading: false }));
      } finally {
        if (run.current === mine) run.current = null;
        if (again.current) setMissed((n) => n + 1);
      }
    },
    [id, forget],
  );

  useEffect(() => {
    void load(false);
    return () => run.current?.abort();
  }, [load]);

  useEffect(() => {
    if (again.current) void load(true);
  }, [missed, load]);

  // A poll must not end a fetch that is slower than the poll's beat.
  usePoll(
    id ?? "",
    (reason) => {
      if (!run.current) void load(true);
      else if (reason === "nudge") again.current = true;
    },
    id === null ? null : pollMs,
  );

  const reload = useCallback(() => void load(false), [load]);
  const put = useCallback(
    (data: T) => {
      // A step may be answered when something else is looked at.
      if (id === null || latest.current.id !== id) return;
      if (run.current) {
        run.current.abort();
        again.current = true;
      }
      setState({ id, data, error: null, loading: false, at: new Date() });
    },
    [id],
  );
  return { data: state.data, error: state.error, loading: state.loading, at: state.at, reload, put };
}
