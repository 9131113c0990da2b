import { systemClock } from "../../kernel/clock.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Logger } from "pino";
import { z } from "zod";
import { DomainError, refuse } from "../../kernel/errors.ts";
import type { Keys } from "../keys/keys.ts";
import type { WeChatTokenRepository } from "../../core/store/notify/wechat-tokens.ts";
import { type Answer, BUSY, NoAnswer, createCall } from "./call.ts";
import type { WeChatSettings } from "./settings.ts";
import { createAccessToken } from "./token.ts";

/**
 * A subscribe message. `data` has the template's fields (`thing1`, `time2`) and their values, within the limits of each
 * kind.
 */
export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** The path inside the mini-program that a tap opens. */
  page?: string;
  data: Readonly<Record<string, string>>;
}

/**
 * The result of sending. `refused`: the user has no consent left (43101). `failed`: it was not sent, for the reason in
 * WeChat's code or because WeChat was unreachable; `retry`: it may be sent later. `full`: it was not sent since the
 * app's quota is used up, for at least a minute. `unknown`: no reply came. It may have been sent, so it must not be
 * repeated.
 */
export type SendOutcome =
  | { state: "sent" }
  | { state: "refused" }
  | { state: "failed"; code: number | "unreachable"; retry: boolean }
  | { state: "full"; code: number }
  | { state: "unknown" };

/**
 * WeChat's verdict on a text or photo. Methods return `inactive` when the user has not opened the app within two hours,
 * since WeChat gives no verdict then.
 */
export type Verdict = "pass" | "review" | "risky";

/** Where a text is shown, in WeChat's numbers: 1 profile, 2 comment, 3 forum, 4 social log. */
export type Scene = 1 | 2 | 3 | 4;

/**
 * The part of WeChat's server API that the product uses. All methods but `sendSubscribe` throw `rate.limited` and
 * `wechat.unavailable`.
 */
export interface WeChat {
  /**
   * The openid of a `wx.login` code, which can be used once within five minutes. Throws `auth.wechat_code_invalid` too.
   */
  codeToSession(code: string): Promise<{ openid: string }>;
  /** Sends a subscribe message at most once. Errors of WeChat are in the result and not thrown. */
  sendSubscribe(message: SubscribeMessage): Promise<SendOutcome>;
  /** WeChat's verdict on a text by this user. */
  checkText(openid: string, text: string, scene: Scene): Promise<Verdict | "inactive">;
  /**
   * Submits a photo for a check; WeChat fetches it from `url`. The verdict is pushed within 30 minutes under the trace
   * id.
   */
  checkMedia(openid: string, url: string, scene: Scene): Promise<{ traceId: string } | "inactive">;
  /**
   * The mainland phone number of a code of the phone button, which can be used once within five minutes. Throws
   * `auth.wechat_phone_invalid` too.
   */
  phoneNumber(code: string): Promise<string>;
  /**
   * A mini-program code (小程序码) as a JPEG. Throws `wechat.page_missing` when the released mini-program has no
   * such page.
   */
  miniProgramCode(target: CodeTarget): Promise<Buffer>;
}

/** The page that a mini-program code opens. The page gets `scene`, at most 32 of the characters that WeChat allows. */
export interface CodeTarget {
  page: string;
  scene: string;
}

export interface WeChatParts extends WeChatSettings {
  tokens: WeChatTokenRepository;
  keys: Keys;
  log: Logger;
  clock?: Clock;
  leaseClock?: Clock;
  /** The timeout of a call, ms. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const RATE_WINDOW_S = 60;
/** The most characters of one call of msgSecCheck. */
const MAX_CHARACTERS = 2_500;

/** 40029 unknown code, 40163 used code, 40226 a user blocked by WeChat. The user can log in another way. */
const badCode: readonly number[] = [40029, 40163, 40226];
/** The token is invalid or expired. 40001 also occurs when another process has replaced it. */
const badToken: readonly number[] = [40001, 40014, 42001];
const tooMany: readonly number[] = [45009, 45011];
/** WeChat did nothing, and a retry may succeed: with another token, or when it is less busy. */
const didNothing: readonly number[] = [BUSY, ...badToken];
/** The user has not opened the app within two hours. */
const INACTIVE = 61010;
const NO_CONSENT = 43101;
/** The page is not in the released mini-program. */
const NO_PAGE = 41030;
/** The width of a code that is scanned from a screen, px. */
const CODE_WIDTH = 430;

const worst: readonly Verdict[] = ["pass", "review", "risky"];
const TextVerdict = z.object({ result: z.object({ suggest: z.enum(worst as [Verdict, ...Verdict[]]) }) });
const Phone = z.object({ phone_info: z.object({ purePhoneNumber: z.string(), countryCode: z.coerce.string() }) });

/** Creates the client of `baseUrl`. Secret, token and session key never leave this folder. */
export function createWeChat(parts: WeChatParts): WeChat {
  const { baseUrl, appId, secret, log, tokens, keys, clock = systemClock, leaseClock = systemClock } = parts;
  const call = createCall(baseUrl, parts.timeoutMs ?? TIMEOUT_MS, log);
  const settings = { baseUrl, appId, secret };
  const accessToken = createAccessToken({ settings, tokens, keys, clock, leaseClock, call, log });

  /** Calls with the shared token. When WeChat rejects it, calls once more with a new one. */
  async function authorized(path: string, body: Record<string, unknown>): Promise<Answer> {
    const token = await accessToken.get();
    const answer = await call(path, { access_token: token }, body);
    if (!badToken.includes(answer.errcode)) return answer;
    return call(path, { access_token: await accessToken.get(token) }, body);
  }

  function fail(path: string, errcode: number): never {
    if (tooMany.includes(errcode)) refuse("rate.limited", { retryAfter: RATE_WINDOW_S });
    log.error({ path, errcode }, "wechat: refused");
    return refuse("wechat.unavailable");
  }

  /** A missing reply and a malformed one both become `wechat.unavailable`. */
  const orUnavailable = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof DomainError) throw error;
      if (error instanceof NoAnswer || error instanceof z.ZodError) throw new DomainError("wechat.unavailable");
      throw error;
    });

  async function textVerdict(openid: string, content: string, scene: Scene): Promise<Verdict | "inactive"> {
    const path = "/wxa/msg_sec_check";
    const answer = await authorized(path, { version: 2, openid, scene, content });
    if (answer.errcode === INACTIVE) return "inactive";
    if (answer.errcode !== 0) fail(path, answer.errcode);
    return TextVerdict.parse(answer).result.suggest;
  }

  return {
    codeToSession: (code) =>
      orUnavailable(
        (async () => {
          const path = "/sns/jscode2session";
          const query = { appid: appId, secret, js_code: code, grant_type: "authorization_code" };
          const { errcode, openid } = await call(path, query);
          if (errcode === 0 && typeof openid === "string" && openid) return { openid };
          if (badCode.includes(errcode)) refuse("auth.wechat_code_invalid");
          return fail(path, errcode);
        })(),
      ),

    async sendSubscribe({ openid, templateId, page, data }) {
      const path = "/cgi-bin/message/subscribe/send";
      const values = Object.fromEntries(Object.entries(data).map(([field, value]) => [field, { value }]));
      const body = { touser: openid, template_id: templateId, ...(page ? { page } : {}), data: values };
      try {
        const { errcode } = await authorized(path, body);
        if (errcode === 0) return { state: "sent" };
        if (errcode === NO_CONSENT) return { state: "refused" };
        log.warn({ path, errcode }, "wechat: a message was not sent");
        if (tooMany.includes(errcode)) return { state: "full", code: errcode };
        return { state: "failed", code: errcode, retry: didNothing.includes(errcode) };
      } catch (error) {
        if (error instanceof NoAnswer && error.path === path && error.reached) return { state: "unknown" };
        // WeChat was not reached, or there was no token to send with.
        const notMade = error instanceof NoAnswer || error instanceof DomainError;
        if (notMade) return { state: "failed", code: "unreachable", retry: true };
        throw error;
      }
    },

    checkText: (openid, text, scene) =>
      orUnavailable(
        (async () => {
          const characters = [...text];
          let verdict: Verdict = "pass";
          for (let start = 0; start < characters.length; start += MAX_CHARACTERS) {
            const part = characters.slice(start, start + MAX_CHARACTERS).join("");
            const found = await textVerdict(openid, part, scene);
            if (found === "inactive") return found;
            if (worst.indexOf(found) > worst.indexOf(verdict)) verdict = found;
          }
          return verdict;
        })(),
      ),

    checkMedia: (openid, url, scene) =>
      orUnavailable(
        (async () => {
          const path = "/wxa/media_check_async";
          const answer = await authorized(path, { version: 2, openid, scene, media_url: url, media_type: 2 });
          if (answer.errcode === INACTIVE) return "inactive";
          if (answer.errcode !== 0) fail(path, answer.errcode);
          return { traceId: z.string().min(1).parse(answer["trace_id"]) };
        })(),
      ),

    miniProgramCode: ({ page, scene }) =>
      orUnavailable(
        (async () => {
          const path = "/wxa/getwxacodeunlimit";
          const answer = await authorized(path, {
            scene,
            page,
            check_path: true,
            env_version: "release",
            width: CODE_WIDTH,
          });
          if (answer.errcode === NO_PAGE) refuse("wechat.page_missing");
          if (answer.errcode !== 0) fail(path, answer.errcode);
          return z.instanceof(Buffer).parse(answer["picture"]);
        })(),
      ),

    phoneNumber: (code) =>
      orUnavailable(
        (async () => {
          const path = "/wxa/business/getuserphonenumber";
          const answer = await authorized(path, { code });
          if (badCode.includes(answer.errcode)) refuse("auth.wechat_phone_invalid");
          if (answer.errcode !== 0) fail(path, answer.errcode);
          const { purePhoneNumber, countryCode } = Phone.parse(answer).phone_info;
          if (countryCode !== "86" || !/^1[3-9]\d{9}$/.test(purePhoneNumber)) refuse("auth.wechat_phone_invalid");
          return purePhoneNumber;
        })(),
      ),
  };
}
