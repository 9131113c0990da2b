import { useQueryClient } from "@tanstack/react-query";
import type { Input, Reply } from "../../contract/index.ts";
import type { ReadKey } from "./client.ts";
import { read } from "./index.ts";
import { putAnswer, queryKeyOf } from "./query-client.ts";
import { type LoadOptions, type Loaded, useLoaded } from "./use-loaded.ts";

/** Loaded data that a step's reply can replace. */
export interface Written<T> extends Loaded<T> {
  /** Shows the reply of a step. A fetch under way may be from before the step, so it is made again. */
  put: (data: T) => void;
}

/** Reads one operation and keeps it fresh. Does not fetch while `input` is null. */
export function useQuery<K extends ReadKey>(
  key: K,
  input: Input<K> | null,
  options: LoadOptions = {},
): Written<Reply<K>> {
  const client = useQueryClient();
  const queryKey = queryKeyOf(key, input);
  const loaded = useLoaded<Reply<K>>(
    queryKey,
    input === null ? null : (signal) => read(key, input, { signal }),
    options,
  );
  return { ...loaded, put: (data) => putAnswer(client, queryKey, data) };
}
