import type { Sealed } from "../../domain/requests/request-content.ts";
import type { Uses } from "../../ports.ts";

/** Encrypts and opens the cursors of live updates. Each is good for its community only. */
export function liveCursors(keys: Uses<"keys">["keys"]) {
  const contextOf = (communityId: string): string => `live-cursor:${communityId}`;
  return {
    seal: (communityId: string, pos: number): string => keys.seal(String(pos), contextOf(communityId)),
    /** The position in a cursor. Null: it was not made here, was made for another community, or its key is gone. */
    open(communityId: string, cursor: string): number | null {
      try {
        return Number(keys.open(cursor as Sealed, contextOf(communityId)));
      } catch {
        return null;
      }
    },
  };
}
