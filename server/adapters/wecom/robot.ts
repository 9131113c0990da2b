import type { Logger } from "pino";
import { z } from "zod";

/**
 * How sending ended. `failed`: it was certainly not sent; `retry` says that it may be tried later. `full`: nor was
 * it, and nothing else will be by this robot before a minute is over. `unknown`: it may have been sent.
 */
export type Sent =
  | { state: "sent" }
  | { state: "failed"; code: string; retry: boolean }
  | { state: "full"; code: string }
  | { state: "unknown" };

/** The cadres' group chats in WeCom. */
export interface Robot {
  /** Whether the community has a group. */
  has(communityId: string): boolean;
  /** Says so many lines (markdown) in the community's group. Everybody there reads it: no personal data. */
  say(communityId: string, markdown: string): Promise<Sent>;
}

const TIMEOUT_MS = 5_000;
/** WeCom takes 4,096 bytes of markdown. */
const MAX_BYTES = 4_096;
/** A robot takes 20 messages a minute. */
const TOO_MANY = 45_009;
/** WeCom did nothing, and later it may: -1 it is busy. */
const didNothing: readonly number[] = [-1];
const notReached: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];
const Answer = z.object({ errcode: z.number() });

/** Group robots by the webhook address of each community. The address holds the robot's key and is never logged. */
export function createRobot(webhooks: Readonly<Record<string, string>>, log: Logger): Robot {
  return {
    has: (communityId) => communityId in webhooks,
    async say(communityId, markdown) {
      const url = webhooks[communityId];
      if (!url) return { state: "failed", code: "no_robot", retry: false };
      const content = Buffer.from(markdown).subarray(0, MAX_BYTES).toString().replace(/\uFFFD+$/u, "");
      try {
        const response = await fetch(url, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ msgtype: "markdown", markdown: { content } }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const { errcode } = Answer.parse(await response.json());
        if (errcode === 0) return { state: "sent" };
        log.warn({ communityId, errcode }, "wecom: the robot refused");
        const code = String(errcode);
        return errcode === TOO_MANY ? { state: "full", code } : { state: "failed", code, retry: didNothing.includes(errcode) };
      } catch (error) {
        const { name, cause } = error as Error & { cause?: { code?: unknown } };
        log.error({ communityId, reason: name, code: cause?.code }, "wecom: no usable answer");
        if (notReached.includes(cause?.code)) return { state: "failed", code: "unreachable", retry: true };
        return { state: "unknown" };
      }
    },
  };
} // prettier-ignore
