import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type LiveLink,
  type LiveEventNote,
  type Wire,
  type WireEvents,
  createLiveLink,
} from "../../fronts/live-link.ts";
import { call, session } from "./index.ts";
import { invalidateConcerned } from "./invalidate.ts";
import { setLiveUp } from "./live-up.ts";

/** Events that arrive within this time lead to one refetch, ms. */
const BATCH_MS = 100;

/**
 * Subscribes to live events while the tab is visible, and refetches the queries that they concern. To be used once per
 * logged-in person; `who` identifies the person and role, and is null while the login has ended.
 */
export function useLive(who: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (who === null) return undefined;
    const link = newLink(client);
    const follow = () => (document.visibilityState === "visible" ? link.start() : link.stop());
    document.addEventListener("visibilitychange", follow);
    follow();
    return () => {
      document.removeEventListener("visibilitychange", follow);
      link.stop();
    };
  }, [who, client]);
}

function newLink(client: QueryClient): LiveLink {
  let news: LiveEventNote[] = [];
  const tell = () => {
    const told = news;
    news = [];
    void invalidateConcerned(client, told);
  };
  return createLiveLink({
    open,
    token,
    heard(more) {
      if (news.length === 0) window.setTimeout(tell, BATCH_MS);
      news.push(...more);
    },
    up: setLiveUp,
    later(task, ms) {
      const timer = window.setTimeout(task, ms);
      return () => window.clearTimeout(timer);
    },
    random: Math.random,
  });
}

function open(events: WireEvents): Wire {
  const socket = new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/api/live`);
  socket.addEventListener("open", () => events.opened());
  socket.addEventListener("message", ({ data }) => events.received(String(data)));
  socket.addEventListener("close", ({ code }) => events.closed(code));
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

/** The current access token. When it is `refused` or there is none yet, a call is made first, which gets a new one. */
async function token(refused: string | null): Promise<string | null> {
  if (refused === session.read()?.accessToken) await call("GET /api/me");
  return session.read()?.accessToken ?? null;
}
