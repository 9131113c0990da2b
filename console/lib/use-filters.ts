import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { writeFilters } from "./filters.ts";

/** Filters that are stored in the address, so that they can be shared as a link and undone by the back button. */
export function useFilters<F extends object>(
  read: (params: URLSearchParams) => F,
): {
  filters: F;
  change: (part: Partial<F>) => void;
  clear: () => void;
} {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => read(params), [read, params]);
  const change = useCallback(
    // The address is read at the call: the last rendered one may lack a filter that was chosen just before.
    (part: Partial<F>) => setParams(writeFilters({ ...read(new URLSearchParams(window.location.search)), ...part })),
    [setParams, read],
  );
  const clear = useCallback(() => setParams(new URLSearchParams()), [setParams]);
  return { filters, change, clear };
}
