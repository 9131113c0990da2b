import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { startPolling } from "./poll.ts";
import { createQueryClient } from "./query-client.ts";

/**
 * Gives the components below a cache of their own, and polls for it. With another React `key` it is a new, empty one.
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
