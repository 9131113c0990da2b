import { useEffect } from "react";
import { invalidatedQueries } from "../../fronts/query-invalidation.ts";
import { type LiveEventNote, createLiveLink } from "../../fronts/live-link.ts";
import { onAppInFront } from "../wx/lifecycle";
import { openSocket } from "../wx/socket";
import { call, session, useMe } from "./connection";
import { liveUp } from "./live-up";
import { refreshWhere } from "./query-cache";
import { whoOf } from "./session";
import { absolute } from "./transport";

/** Events that arrive within this time lead to one refetch, ms. */
const BATCH_MS = 100;

/**
 * Subscribes to live events while somebody is logged in and the app is in front, and invalidates the queries that they
 * concern. To be used once per app.
 */
export function useLive(): void {
  const me = useMe();
  const who = whoOf(me);
  useEffect(() => {
    if (who === null) return undefined;
    let news: LiveEventNote[] = [];
    const link = createLiveLink({
      open: (events) => openSocket(absolute("/api/live"), events),
      token,
      heard(more) {
        if (news.length === 0) setTimeout(tell, BATCH_MS);
        news.push(...more);
      },
      up: liveUp.set,
      later(task, ms) {
        const timer = setTimeout(task, ms);
        return () => clearTimeout(timer);
      },
      random: Math.random,
    });
    function tell(): void {
      const told = news;
      news = [];
      refreshWhere((id) => invalidatedQueries(id, told));
    }
    const end = onAppInFront((inFront) => (inFront ? link.start() : link.stop()));
    return () => {
      end();
      link.stop();
    };
  }, [who]);
}

/** The current access token. When it is `refused` or there is none yet, a call is made first, which gets a new one. */
async function token(refused: string | null): Promise<string | null> {
  if (refused === session.get().tokens?.accessToken) await call("GET /api/me");
  return session.get().tokens?.accessToken ?? null;
}
