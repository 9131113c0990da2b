import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Input, OpKey, Reply } from "../../contract/index.ts";
import { useInFront } from "../wx/lifecycle";
import { call } from "./connection";
import { liveUp } from "./live-up";
import { type ApiError, toApiError } from "./error";
import { entryOf } from "./query-cache";

/** The poll intervals without and with live updates. With them polling covers only changes that no event announces. */
const POLL_MS = 10_000;
const LIVE_POLL_MS = 60_000;
/** An answer younger than this is not refetched when a page is shown, ms. */
const FRESH_MS = 2_000;

type ReadKey = Extract<OpKey, `GET ${string}`>;

export interface Query<T> {
  data: T | undefined;
  /** The error of the last attempt; `data` may still be there from an earlier one. */
  error: ApiError | null;
  /** No answer and no error yet. */
  loading: boolean;
  refetch(): Promise<void>;
}

/**
 * Reads an operation while the page is in front: when it is shown, after `refreshQueries`, and after live updates that
 * concern it. With `poll` it is also read every 10 s, or every minute while live updates are connected. Pages share
 * answers. Does not read while `input` is null.
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
      // The entry was invalidated by a step or a logout since this fetch began, so its answer is dropped.
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

/** `call` without its generics. `useQuery` has checked the key and the input. */
type Ask = (key: string, input: unknown) => Promise<unknown>;
