import { mayCallAsUser, useMe } from "./connection";
import { useQuery } from "./use-query";

/** How many notices I have not read; 0 until it is known. */
export function useUnread(): number {
  const input = mayCallAsUser(useMe()) ? { query: { limit: 1 } } : null;
  return useQuery("GET /api/inbox", input, { poll: true }).data?.unread ?? 0;
}
