import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type LiveLink, type News, type Wire, type WireEvents, createLiveLink } from "../../fronts/live-link.ts";
import { call, session } from "./index.ts";
import { invalidateConcerned } from "./invalidate.ts";
import { setLiveUp } from "./live-up.ts";

/** What one step tells comes within this time, ms: fetched for once. */
const TOGETHER_MS = 100;

/**
 * Hears of events while the tab is visible, and fetches the queries that they concern. Once, while `who` is logged in.
 */
export function useLive(who: string): void {
  const client = useQueryClient();
  useEffect(() => {
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
  let news: News[] = [];
  const tell = () => {
    const told = news;
    news = [];
    void invalidateConcerned(client, told);
  };
  return createLiveLink({
    open,
    token,
    heard(more) {
      if (news.length === 0) window.setTimeout(tell, TOGETHER_MS);
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

/** The token at hand; after it was refused, the next: any call of ours renews it. */
async function token(refused: string | null): Promise<string | null> {
  if (refused !== null && refused === session.read()?.accessToken) await call("GET /api/me");
  return session.read()?.accessToken ?? null;
}
