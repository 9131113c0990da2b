import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { writeFilters } from "./filters.ts";

/** Filters that live in the address: shareable, and the back button undoes a change. */
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
    // The address is read now: the one that was rendered last may lack a filter that was chosen just before.
    (part: Partial<F>) => setParams(writeFilters({ ...read(new URLSearchParams(window.location.search)), ...part })),
    [setParams, read],
  );
  const clear = useCallback(() => setParams(new URLSearchParams()), [setParams]);
  return { filters, change, clear };
}
