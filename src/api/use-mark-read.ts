import { useEffect } from "react";
import type { RequestDetail } from "../../contract/index.ts";
import { call } from "./connection";
import { refreshQueries } from "./query-cache";

/**
 * Marks the person's notices about the shown request as read. A failed call is repeated when the request is next
 * loaded.
 */
export function useMarkRead(detail: RequestDetail | undefined): void {
  useEffect(() => {
    if (!detail || detail.unreadMessages === 0) return;
    void call("POST /api/inbox/read", { body: { requestId: detail.id } }).then(
      () => {
        refreshQueries("GET /api/inbox");
        refreshQueries("GET /api/requests");
      },
      () => undefined,
    );
  }, [detail]);
}
