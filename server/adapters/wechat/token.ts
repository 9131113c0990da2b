import type { Clock } from "../../kernel/clock.ts";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { DomainError, refuse } from "../../kernel/errors.ts";
import type { Keys } from "../keys/keys.ts";
import type { WeChatTokenRepository } from "../../core/store/notify/wechat-tokens.ts";
import type { Call } from "./call.ts";
import type { WeChatSettings } from "./settings.ts";

/**
 * The access token that all processes share. It is stored encrypted in the database and renewed by one process at a
 * time.
 */
export interface AccessToken {
  /**
   * The current token. `rejected` is a token that WeChat has refused: the result is then another one, fetched if no
   * other process has done so.
   */
  get(rejected?: string): Promise<string>;
}

export interface TokenParts {
  settings: WeChatSettings;
  tokens: WeChatTokenRepository;
  keys: Keys;
  /** The clock of the token's expiry. */
  clock: Clock;
  /** The clock of leases. It is the real time, so that the lease of a dead process expires. */
  leaseClock: Clock;
  call: Call;
  log: Logger;
}

/** WeChat's next token is available, and the previous one stays valid, this long before and after the end, ms. */
const REFRESH_EARLY_MS = 5 * 60_000;
/** The lease of a process that fetches a token. If it dies, the others wait at most this long, ms. */
const LEASE_MS = 10_000;
const POLL_MS = 50;
const LOOKS = (LEASE_MS + 2_000) / POLL_MS;
const PATH = "/cgi-bin/stable_token";
const CONTEXT = "wechat-token";

/** Creates the accessor. `get` throws `wechat.unavailable`, `rate.limited`. */
export function createAccessToken(parts: TokenParts): AccessToken {
  const { settings, tokens, keys, clock, leaseClock, call, log } = parts;
  const { appId, secret } = settings;
  let known: { token: string; expiresAt: Date } | null = null;

  const isGood = (expiresAt: Date): boolean => expiresAt.getTime() - clock.now().getTime() > REFRESH_EARLY_MS;

  async function ask(force: boolean): Promise<{ token: string; seconds: number }> {
    const credentials = { grant_type: "client_credential", appid: appId, secret };
    const answer = await call(PATH, {}, { ...credentials, force_refresh: force });
    const { errcode, access_token: token, expires_in: seconds } = answer;
    if (typeof token === "string" && typeof seconds === "number") return { token, seconds };
    log.error({ path: PATH, errcode }, "wechat: no token");
    return errcode === 45009 || errcode === 45011
      ? refuse("rate.limited", { retryAfter: 60 })
      : refuse("wechat.unavailable");
  }

  /**
   * WeChat's current token. When it equals the rejected one, a new one is forced, which WeChat allows 20 times a day.
   */
  async function fetchToken(rejected?: string): Promise<{ token: string; seconds: number }> {
    const current = await ask(false);
    return current.token === rejected ? ask(true) : current;
  }

  return {
    async get(rejected) {
      if (known && known.token !== rejected && isGood(known.expiresAt)) return known.token;
      for (let look = 0; look < LOOKS; look++) {
        const stored = await tokens.find(appId);
        const token = stored && keys.open(stored.sealed, CONTEXT);
        if (stored && token && token !== rejected && isGood(stored.expiresAt)) {
          known = { token, expiresAt: stored.expiresAt };
          return token;
        }
        const generation = stored?.generation ?? 0;
        const now = leaseClock.now();
        if (await tokens.lease(appId, generation, now, new Date(now.getTime() + LEASE_MS))) {
          try {
            const next = await fetchToken(rejected);
            const expiresAt = new Date(clock.now().getTime() + next.seconds * 1000);
            await tokens.replace(appId, generation, keys.seal(next.token, CONTEXT), expiresAt);
            known = { token: next.token, expiresAt };
            return next.token;
          } catch (error) {
            await tokens.release(appId, generation);
            throw error;
          }
        }
        await wait(POLL_MS);
      }
      throw new DomainError("wechat.unavailable");
    },
  };
}
