import type { Logger } from "pino";
import { z } from "zod";

/**
 * The result of sending. `failed`: it was certainly not sent; `retry`: it may be sent later. `full`: it was not sent
 * since the robot's quota is used up for at least a minute. `unknown`: it may have been sent.
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
  /** Posts markdown in the community's group. All members read it, so it must not have personal data. */
  say(communityId: string, markdown: string): Promise<Sent>;
}

const TIMEOUT_MS = 5_000;
/** The most bytes of markdown that WeCom accepts. */
const MAX_BYTES = 4_096;
/** WeCom's code for more than 20 messages of a robot in a minute. */
const TOO_MANY = 45_009;
/** Codes with which WeCom did nothing and a retry may succeed: -1 is busy. */
const didNothing: readonly number[] = [-1];
const notReached: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];
const Answer = z.object({ errcode: z.number() });

/**
 * Creates robots from the webhook address of each community. An address contains the robot's key and is never logged.
 */
export function createRobot(webhooks: Readonly<Record<string, string>>, log: Logger): Robot {
  return {
    has: (communityId) => communityId in webhooks,
    async say(communityId, markdown) {
      const url = webhooks[communityId];
      if (!url) return { state: "failed", code: "no_robot", retry: false };
      const content = Buffer.from(markdown).subarray(0, MAX_BYTES).toString().replace(/(?<!\uFFFD)\uFFFD+$/u, "");
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
