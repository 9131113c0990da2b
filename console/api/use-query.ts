import { useQueryClient } from "@tanstack/react-query";
import type { Input, Reply } from "../../contract/index.ts";
import type { ReadKey } from "./client.ts";
import { read } from "./index.ts";
import { putAnswer, queryKeyOf } from "./query-client.ts";
import { type LoadOptions, type Loaded, useLoaded } from "./use-loaded.ts";

/** What a page may also show a newer state of, which a step has returned. */
export interface Written<T> extends Loaded<T> {
  /** An answer to a fetch that is under way may be from before it: it is fetched again. */
  put: (data: T) => void;
}

/** Reads one operation and keeps it fresh. A null `input` asks for nothing yet. */
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
