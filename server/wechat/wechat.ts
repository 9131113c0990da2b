import type { Logger } from "pino";
import { z } from "zod";
import { DomainError, refuse } from "../domain/errors.ts";

/** Where WeChat's API answers, and for which mini-program. */
export interface WeChatSettings {
  baseUrl: string;
  appId: string;
  secret: string;
}

/** WeChat's server API, as far as the product uses it. */
export interface WeChat {
  /**
   * The openid behind a `wx.login` code, which is good once and for five minutes. Throws `auth.wechat_code_invalid`,
   * `rate.limited` (100 a minute per user), `wechat.unavailable`.
   */
  codeToSession(code: string): Promise<{ openid: string }>;
}

const TIMEOUT_MS = 5_000;
const RATE_WINDOW_S = 60;

const Answer = z.object({
  errcode: z.number().default(0),
  errmsg: z.string().default(""),
  openid: z.string().optional(),
});

/** 40029 no such code, 40163 used before, 40226 a user whom WeChat has blocked: all are mended by logging in another way. */
const badCode: readonly number[] = [40029, 40163, 40226];

/** The client of `settings.baseUrl`; neither the secret nor a session key leaves this file. */
export function createWeChat({ baseUrl, appId, secret, log }: WeChatSettings & { log: Logger }): WeChat {
  async function ask(path: string, query: Record<string, string>): Promise<z.infer<typeof Answer>> {
    try {
      const url = new URL(path, baseUrl);
      url.search = new URLSearchParams(query).toString();
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      // WeChat answers JSON as text/plain, also when it refuses.
      return Answer.parse(JSON.parse(await response.text()));
    } catch (error) {
      log.error({ path, reason: (error as Error).name }, "wechat: no usable answer");
      throw new DomainError("wechat.unavailable");
    }
  }
  return {
    async codeToSession(code) {
      const { errcode, errmsg, openid } = await ask("/sns/jscode2session", {
        appid: appId,
        secret,
        js_code: code,
        grant_type: "authorization_code",
      });
      if (errcode === 0 && openid) return { openid };
      if (badCode.includes(errcode)) refuse("auth.wechat_code_invalid");
      if (errcode === 45011) refuse("rate.limited", { retryAfter: RATE_WINDOW_S });
      log.error({ errcode, errmsg }, "wechat: jscode2session refused");
      return refuse("wechat.unavailable");
    },
  };
}
