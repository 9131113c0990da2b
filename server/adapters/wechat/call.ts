import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";

/** An answer of WeChat's: `errcode` 0 is a success; the rest is each endpoint's. */
export interface Answer {
  errcode: number;
  [field: string]: unknown;
}

/**
 * No usable answer. `reached` is false when the call certainly was not carried out (nobody listened); true when it
 * may have been: it timed out, the line died, or what came back was no answer.
 */
export class NoAnswer extends Error {
  readonly path: string;
  readonly reached: boolean;
  constructor(path: string, reached: boolean) {
    super(`no usable answer from ${path}`);
    this.name = "NoAnswer";
    this.path = path;
    this.reached = reached;
  }
}

export type Call = (path: string, query: Record<string, string>, body?: Record<string, unknown>) => Promise<Answer>;

const Envelope = z.looseObject({ errcode: z.number().default(0) });

/** WeChat is busy and did nothing. */
export const BUSY = -1;
/** Asked again after so long, ms. */
const PAUSES_MS = [100, 400, 1_600];
const notReached: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/**
 * Calls WeChat: GET without a body, POST with one. Only path and code are ever logged: no token, secret, openid or
 * message.
 */
export function createCall(baseUrl: string, timeoutMs: number, log: Logger): Call {
  async function once(path: string, query: Record<string, string>, body?: Record<string, unknown>): Promise<Answer> {
    const url = new URL(path, baseUrl);
    url.search = new URLSearchParams(query).toString();
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    try {
      const response = await fetch(url, { ...(body ? post : {}), signal: AbortSignal.timeout(timeoutMs) });
      const picture = response.headers.get("content-type")?.startsWith("image/");
      if (picture) return { errcode: 0, picture: Buffer.from(await response.arrayBuffer()) };
      // WeChat answers JSON as text/plain, also when it refuses.
      return Envelope.parse(JSON.parse(await response.text()));
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: unknown } };
      log.error({ path, reason: name, code: cause?.code }, "wechat: no usable answer");
      throw new NoAnswer(path, !notReached.includes(cause?.code));
    }
  }
  return async (path, query, body) => {
    for (const pause of PAUSES_MS) {
      const answer = await once(path, query, body);
      if (answer.errcode !== BUSY) return answer;
      await wait(pause);
    }
    return once(path, query, body);
  };
}
