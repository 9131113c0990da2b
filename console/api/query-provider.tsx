import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { startPolling } from "./poll.ts";
import { createQueryClient } from "./query-client.ts";

/**
 * Gives the components below it their own query cache, and polls its queries. A new React `key` makes a new, empty
 * cache.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  useEffect(() => {
    const endPolling = startPolling(client);
    return () => {
      endPolling();
      client.clear();
    };
  }, [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Asks for everything on screen again once `waiting` is over. */
export function useReloadAfter(waiting: boolean): void {
  const client = useQueryClient();
  const before = useRef(waiting);
  useEffect(() => {
    if (before.current && !waiting) void client.invalidateQueries();
    before.current = waiting;
  }, [client, waiting]);
}
