import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Input, OpKey, Reply } from "../../contract/index.ts";
import { useInFront } from "../wx/lifecycle";
import { call } from "./connection";
import { liveUp } from "./live-up";
import { type ApiError, toApiError } from "./error";
import { entryOf } from "./query-cache";

/** While events are heard at once, the poll only makes up for what an event does not tell. */
const POLL_MS = 10_000;
const LIVE_POLL_MS = 60_000;
/** An answer this young is not asked for again when a page is shown. */
const FRESH_MS = 2_000;

type ReadKey = Extract<OpKey, `GET ${string}`>;

export interface Query<T> {
  data: T | undefined;
  /** Of the last try; `data` may still be there from an earlier one. */
  error: ApiError | null;
  /** Nothing to show yet. */
  loading: boolean;
  refetch(): Promise<void>;
}

/**
 * Asks while the page is in front: when it is shown, after `refreshQueries` and what live updates tell, and with
 * `poll` every 10 s (every minute while live updates come). Pages share answers. An `input` of null asks nothing.
 */
export function useQuery<K extends ReadKey>(
  key: K,
  input: Input<K> | null,
  { poll = false }: { poll?: boolean } = {},
): Query<Reply<K>> {
  const body = input === null ? null : JSON.stringify(input);
  const entry = entryOf(`${key} ${body}`);
  const state = useSyncExternalStore(entry.subscribe, entry.get, entry.get);
  const inFront = useInFront();
  const live = useSyncExternalStore(liveUp.subscribe, liveUp.get, liveUp.get);

  const refetch = useCallback(async (): Promise<void> => {
    if (body === null) return;
    const underWay = entry.get().pending;
    if (underWay) return underWay;
    const pending: Promise<void> = (call as Ask)(key, JSON.parse(body)).then(
      (data) => settle({ data, error: null }),
      (thrown: unknown) => settle({ data: entry.get().data, error: toApiError(thrown) }),
    );
    entry.set({ ...entry.get(), pending });
    return pending;

    function settle(outcome: { data: unknown; error: ApiError | null }): void {
      // Meanwhile made out of date by a step or a logout: this answer would be yesterday's news.
      const known = entry.get();
      if (known.pending === pending) entry.set({ ...known, ...outcome, at: Date.now(), pending: null });
    }
  }, [entry, key, body]);

  useEffect(() => {
    if (inFront && Date.now() - entry.get().at > FRESH_MS) void refetch();
  }, [inFront, state.round, entry, refetch]);

  useEffect(() => {
    if (!poll || !inFront) return undefined;
    const timer = setInterval(() => void refetch(), live ? LIVE_POLL_MS : POLL_MS);
    return () => clearInterval(timer);
  }, [poll, inFront, live, refetch]);

  return {
    data: state.data as Reply<K> | undefined,
    error: state.error,
    loading: body !== null && state.data === undefined && state.error === null,
    refetch,
  };
}

/** `call` seen without its generics: the key and input were checked where `useQuery` was called. */
type Ask = (key: string, input: unknown) => Promise<unknown>;
