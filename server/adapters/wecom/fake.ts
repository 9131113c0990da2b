import { systemClock } from "../../kernel/clock.ts";
import type { Clock } from "../../kernel/clock.ts";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A fake of WeCom's group robots on loopback that validates calls as WeCom does. */
export interface FakeWeCom {
  /** The webhook address of a new robot. */
  webhook(): string;
  /** The messages of all robots, the oldest first. */
  said: readonly string[];
  /** The next message fails in this way. */
  failNext(how: "hang up" | "silence" | number): void;
  stop(): Promise<void>;
}

const PATH = "/cgi-bin/webhook/send";
const A_MINUTE = 20;

interface Message {
  msgtype?: string;
  markdown?: { content?: unknown };
  text?: { content?: unknown };
}

export async function startFakeWeCom({ clock = systemClock }: { clock?: Clock } = {}): Promise<FakeWeCom> {
  const robots = new Map<string, number[]>();
  const said: string[] = [];
  const faults: ("hang up" | "silence" | number)[] = [];

  function answer(url: URL, message: Message | null): { errcode: number; errmsg: string } {
    const times = robots.get(url.searchParams.get("key") ?? "");
    if (url.pathname !== PATH || !times) return { errcode: 93_000, errmsg: "invalid webhook url" };
    const content = message?.msgtype === "markdown" ? message.markdown?.content : message?.text?.content;
    const known = message?.msgtype === "markdown" || message?.msgtype === "text";
    if (!known || typeof content !== "string" || content === "") return { errcode: 44_004, errmsg: "empty content" };
    if (Buffer.byteLength(content) > 4_096) return { errcode: 40_058, errmsg: "content exceed max length" };
    const now = clock.now().getTime();
    const recent = times.filter((at) => at > now - 60_000);
    if (recent.length >= A_MINUTE) return { errcode: 45_009, errmsg: "api freq out of limit" };
    times.splice(0, times.length, ...recent, now);
    said.push(content);
    return { errcode: 0, errmsg: "ok" };
  }

  const server = createServer((request, response) => {
    const fault = faults.shift();
    if (fault === "hang up") request.socket.destroy();
    else if (typeof fault === "number") response.end(JSON.stringify({ errcode: fault, errmsg: "fault" }));
    else if (fault === undefined) {
      void json(request)
        .catch(() => null)
        .then((body) =>
          response.end(JSON.stringify(answer(new URL(request.url ?? "/", "http://fake"), body as Message | null))),
        );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    webhook() {
      const key = randomUUID();
      robots.set(key, []);
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}?key=${key}`;
    },
    said,
    failNext: (how) => void faults.push(how),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
