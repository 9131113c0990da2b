import type { Input, Reply } from "../../contract/index.ts";
import type { ReadKey } from "./client.ts";
import { read } from "./index.ts";
import { type Written, useLoaded } from "./use-loaded.ts";

/** Reads one operation and keeps it fresh. A null `input` asks for nothing yet. */
export const useQuery = <K extends ReadKey>(
  key: K,
  input: Input<K> | null,
  options: { pollMs?: number | null; forget?: boolean } = {},
): Written<Reply<K>> =>
  useLoaded<Reply<K>>(
    input === null ? null : `${key} ${JSON.stringify(input)}`,
    // Without an input nothing is asked for, and this is not called.
    (signal) => (input === null ? Promise.reject(new TypeError(key)) : read(key, input, { signal })),
    options,
  );
