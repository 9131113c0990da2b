import { mayCallAsUser, useMe } from "./connection";
import { useQuery } from "./use-query";

/** The number of the person's unread notices; 0 while unknown. */
export function useUnread(): number {
  const input = mayCallAsUser(useMe()) ? { query: { limit: 1 } } : null;
  return useQuery("GET /api/inbox", input, { poll: true }).data?.unread ?? 0;
}
