import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { LiveFromServer } from "../../contract/index.ts";
import type { User } from "../../server/core/domain/accounts/user.ts";
import type { World } from "./world.ts";

/** A client of `/api/live` that records what it receives. */
export interface LiveClient {
  /** All frames so far. */
  frames: LiveFromServer[];
  socket: WebSocket;
  /** Resolves with the close code. */
  closed: Promise<number>;
  /** Resolves with the next frame of the type, counted from the last frame that was waited for. */
  next(type: LiveFromServer["type"]): Promise<LiveFromServer>;
  /** `communityId:requestId type` of each received event. */
  heard(): string[];
  /** Closes the connection without a close frame, as a lost network does. */
  drop(): void;
  /** The last cursor of each community. */
  cursors(): Record<string, string>;
}

type Host = Pick<World, "base" | "deps" | "clock">;

export const tokenOf = ({ deps, clock }: Omit<Host, "base">, user: User): string =>
  deps.tokens.issueAccess(user.id, randomBytes(12).toString("hex"), clock.now());

/** Opens a connection and sends `first` as its first frame, unless it is null. */
export async function liveClient(base: string, first: unknown, path = "/api/live"): Promise<LiveClient> {
  const socket = new WebSocket(base.replace("http", "ws") + path);
  const frames: LiveFromServer[] = [];
  let seen = 0;
  let wake = (): void => undefined;
  const closed = new Promise<number>((resolve) => {
    socket.on("close", (code) => {
      resolve(code);
      wake();
    });
  });
  socket.on("message", (bytes: Buffer) => {
    frames.push(JSON.parse(bytes.toString()) as LiveFromServer);
    wake();
  });
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  if (first !== null) socket.send(typeof first === "string" ? first : JSON.stringify(first));
  return {
    frames,
    socket,
    closed,
    async next(type) {
      for (;;) {
        while (seen < frames.length) {
          const frame = frames[seen++];
          if (frame?.type === type) return frame;
        }
        if (socket.readyState === WebSocket.CLOSED) throw new Error(`closed before «${type}» came`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    heard: () =>
      frames.flatMap((frame) =>
        frame.type === "events"
          ? frame.events.map(({ type, requestId }) => `${frame.communityId}:${requestId ?? ""} ${type}`)
          : [],
      ),
    drop: () => socket.terminate(),
    cursors: () =>
      Object.assign(
        {},
        ...frames.map((frame) =>
          frame.type === "ready" ? frame.cursors : "cursor" in frame ? { [frame.communityId]: frame.cursor } : {},
        ),
      ) as Record<string, string>,
  };
}

/** Opens a connection as `user` and waits until it is ready. */
export async function liveAs(host: Host, user: User, after?: Record<string, string>): Promise<LiveClient> {
  const client = await liveClient(host.base, { type: "hello", token: tokenOf(host, user), after });
  await client.next("ready");
  return client;
}
