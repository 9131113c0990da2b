import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";

/** A reply of WeChat. `errcode` 0 is success; the other fields depend on the endpoint. */
export interface Answer {
  errcode: number;
  [field: string]: unknown;
}

/**
 * WeChat gave no usable reply. `reached` is false when the call was certainly not carried out, since no connection was
 * made. It is true when it may have been: after a timeout, a broken connection or an unreadable reply.
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

/** WeChat was busy and did nothing. */
export const BUSY = -1;
/** The pauses before retries of a busy reply, ms. */
const PAUSES_MS = [100, 400, 1_600];
const notReached: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/**
 * Creates a function that calls WeChat: GET without a body, POST with one. The log gets only path and code, and no
 * token, secret, openid or message.
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
      // WeChat sends JSON as text/plain, also in refusals.
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
