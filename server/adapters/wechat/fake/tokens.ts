import type { Clock } from "../../../kernel/clock.ts";
import { randomBytes } from "node:crypto";
import { type Answer, refusal } from "./answer.ts";
import { createQuotas } from "./quotas.ts";

const LIFE_S = 7_200;
/**
 * How long a replaced token stays valid, and how long before its end a token is replaced when it is requested, seconds.
 */
const OVERLAP_S = 300;
const FORCED_A_DAY = 20;
const FORCED_APART_MS = 30_000;

/** Fakes `/cgi-bin/stable_token`: all callers share one token, and a replaced one stays valid for a while. */
export function createFakeTokens(clock: Clock, credentials: { appId: string; secret: string }) {
  const quotas = createQuotas(clock);
  const alive = new Map<string, number>();
  let current: string | null = null;
  let forcedAt = Number.NEGATIVE_INFINITY;
  const now = (): number => clock.now().getTime();

  function renew(): string {
    const before = current && alive.get(current);
    if (current && before) alive.set(current, Math.min(before, now() + OVERLAP_S * 1000));
    // As long as WeChat's tokens may be: stores must take 512 characters.
    current = `fake-${randomBytes(240).toString("hex")}`;
    alive.set(current, now() + LIFE_S * 1000);
    return current;
  }

  return {
    stableToken(body: Answer): Answer {
      if (body["grant_type"] !== "client_credential") return refusal(40002, "invalid grant_type");
      if (body["appid"] !== credentials.appId) return refusal(40013, "invalid appid");
      if (body["secret"] !== credentials.secret) return refusal(40125, "invalid appsecret");
      const tooMany = quotas.take("token", { minute: 10_000, day: 500_000 });
      if (tooMany) return tooMany;
      const forced = body["force_refresh"] === true;
      if (forced) {
        if (now() - forcedAt < FORCED_APART_MS) return refusal(45011, "force_refresh is too frequent");
        const spent = quotas.take("forced", { day: FORCED_A_DAY });
        if (spent) return spent;
        forcedAt = now();
      }
      const left = current ? Math.floor(((alive.get(current) ?? 0) - now()) / 1000) : 0;
      if (forced || !current || left <= OVERLAP_S) return { access_token: renew(), expires_in: LIFE_S };
      return { access_token: current, expires_in: left };
    },
    /** Refusal 40001 for an unknown or revoked token, 42001 for an expired one; null for a valid one. */
    fault(token: string | null): Answer | null {
      if (!token) return refusal(41001, "access_token missing");
      const until = alive.get(token);
      if (until === undefined) return refusal(40001, "invalid credential, access_token is invalid or not latest");
      return until <= now() ? refusal(42001, "access_token expired") : null;
    },
    /** Invalidates all tokens at once, as resetting the secret does. */
    revoke(): void {
      alive.clear();
      current = null;
    },
  };
}
