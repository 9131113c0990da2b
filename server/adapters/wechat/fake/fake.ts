import { systemClock } from "../../../kernel/clock.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { createHash, randomBytes } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { WeChatSettings } from "../settings.ts";
import { type Answer, ok, refusal } from "./answer.ts";
import { createCodes } from "./codes.ts";
import { createFakeCodePictures } from "./code-pictures.ts";
import { createFakeContent } from "./content.ts";
import { type Fault, createFaults } from "./faults.ts";
import { type PushTarget, pushEvent } from "./push.ts";
import { type Quota, createQuotas } from "./quotas.ts";
import { type Delivered, createFakeSubscriptions } from "./subscribe.ts";
import { createFakeTokens } from "./tokens.ts";

/** A fake of api.weixin.qq.com on loopback that validates calls as WeChat does. */
export interface FakeWeChat {
  settings: WeChatSettings;
  /** A code as `wx.login` gives it to this user. It can be used once within five minutes. */
  issueCode(openid: string): string;
  /** A code as the phone button gives it, with the same limits. */
  issuePhoneCode(phone: string): string;
  /** Records that the user opens the app. Content checks work for two hours afterwards. `wx.login` records it too. */
  visit(openid: string): void;
  /** Adds a page of the released mini-program. Mini-program codes can only open such pages. */
  addPage(path: string): void;
  /** Adds a template of subscribe messages with its fields, such as `thing1`, `time2`. */
  addTemplate(id: string, fields: readonly string[]): void;
  /** Records that the user accepts `messages` messages of a template. */
  grant(openid: string, templateId: string, messages?: number): void;
  /** The delivered subscribe messages, the oldest first. */
  delivered: readonly Delivered[];
  /** Sets the verdict of photos whose address contains `part`. Others pass. */
  markPhoto(part: string, verdict: "pass" | "review" | "risky"): void;
  /** Sets the endpoint that events are pushed to. Without it, verdicts are kept. */
  pushTo(target: PushTarget): void;
  /** True: verdicts are kept until `pushVerdicts`. False: they are pushed at once. */
  holdVerdicts(hold: boolean): void;
  /** Pushes the kept verdicts and returns their events. */
  pushVerdicts(): Promise<Answer[]>;
  /** Pushes an event; true when it was acknowledged. */
  push(event: Answer): Promise<boolean>;
  /** The next call (of that path) fails in this way. Repeated calls queue further faults. */
  failNext(how: Fault, path?: string): void;
  /** Replaces the call quota of a path. */
  limit(path: string, quota: Partial<Quota>): void;
  /** Invalidates all tokens at once, as resetting the secret does. */
  revokeTokens(): void;
  /** The number of calls of each path. */
  calls: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/**
 * The code that `wx.login` and the phone button give in DevTools without a real app id. In development it stands for
 * one developer.
 */
const MOCK_CODE = "the code is a mock one";
const DEVELOPER = { openid: "o-developer", phone: "13900009999" };
const ACTIVE_MS = 2 * 3_600_000;

const quotas: Readonly<Record<string, Quota>> = {
  "/cgi-bin/message/subscribe/send": { minute: 10_000, day: 3_000_000 },
  "/wxa/msg_sec_check": { minute: 4_000, day: 2_000_000 },
  "/wxa/media_check_async": { minute: 2_000, day: 200_000 },
  "/wxa/business/getuserphonenumber": { minute: 1_000, day: 100_000 },
  "/wxa/getwxacodeunlimit": { minute: 5_000, day: Infinity },
};
/** The quota of code2Session: calls per minute and user. */
const LOGINS_A_MINUTE = 100;

/** Starts the fake on a free port. */
export async function startFakeWeChat({ clock = systemClock }: { clock?: Clock } = {}): Promise<FakeWeChat> {
  const settings = { appId: `wx${randomBytes(8).toString("hex")}`, secret: randomBytes(16).toString("hex") };
  const logins = createCodes<string>(clock);
  const phones = createCodes<string>(clock);
  const visits = new Map<string, number>();
  const counts = createQuotas(clock);
  const limits = new Map(Object.entries<Partial<Quota>>(quotas));
  const tokens = createFakeTokens(clock, settings);
  const known = (openid: string): boolean => visits.has(openid);
  const active = (openid: string): boolean => (visits.get(openid) ?? 0) > clock.now().getTime() - ACTIVE_MS;
  const subscriptions = createFakeSubscriptions(known);
  const content = createFakeContent(known, active);
  const faults = createFaults();
  const calls = new Map<string, number>();
  const waiting: Promise<Answer>[] = [];
  let target: PushTarget | null = null;
  let hold = false;

  const visit = (openid: string): void => void visits.set(openid, clock.now().getTime());
  const push = async (event: Answer): Promise<boolean> =>
    target !== null && pushEvent(target, settings.appId, { CreateTime: Math.floor(Date.now() / 1000), ...event });

  async function pushVerdicts(): Promise<Answer[]> {
    const events = await Promise.all(waiting.splice(0));
    for (const event of events) await push(event);
    return events;
  }

  function codeToSession(query: URLSearchParams): Answer {
    if (query.get("appid") !== settings.appId) return refusal(40013, "invalid appid");
    if (query.get("secret") !== settings.secret) return refusal(40125, "invalid appsecret");
    if (query.get("grant_type") !== "authorization_code") return refusal(40002, "invalid grant_type");
    const code = query.get("js_code");
    if (!code) return refusal(41008, "missing code");
    const redeemed = code === MOCK_CODE ? { value: DEVELOPER.openid } : logins.redeem(code);
    if (redeemed.value === null) return refusal(40029, "invalid code");
    const tooMany = counts.take(`login ${redeemed.value}`, { minute: LOGINS_A_MINUTE });
    if (tooMany) return tooMany;
    if ("fault" in redeemed) return refusal(40163, "code been used");
    visit(redeemed.value);
    const sessionKey = createHash("md5").update(redeemed.value).digest("base64");
    return { openid: redeemed.value, session_key: sessionKey };
  }

  function phoneNumber(body: Answer): Answer {
    const { code } = body as { code?: string };
    const redeemed = code === MOCK_CODE ? { value: DEVELOPER.phone } : phones.redeem(code ?? "");
    if ("fault" in redeemed) return refusal(40029, "invalid code");
    const watermark = { timestamp: Math.floor(clock.now().getTime() / 1000), appid: settings.appId };
    const number = { phoneNumber: redeemed.value, purePhoneNumber: redeemed.value, countryCode: "86" };
    return ok({ phone_info: { ...number, watermark } });
  }

  function checkMedia(body: Answer): Answer {
    const taken = content.checkMedia(body);
    if (!("traceId" in taken)) return taken;
    const check = taken as Parameters<typeof content.verdict>[0];
    waiting.push(content.verdict(check, settings.appId, clock.now()));
    // The reply must come before the verdict, which names the trace id of the reply.
    if (!hold && target) setTimeout(() => void pushVerdicts(), 20).unref();
    return ok({ trace_id: check.traceId });
  }

  const codePictures = createFakeCodePictures();
  const withToken: Readonly<Record<string, (body: Answer) => Answer | Promise<Answer | Buffer>>> = {
    "/cgi-bin/message/subscribe/send": subscriptions.send,
    "/wxa/msg_sec_check": content.checkText,
    "/wxa/media_check_async": checkMedia,
    "/wxa/business/getuserphonenumber": phoneNumber,
    "/wxa/getwxacodeunlimit": codePictures.draw,
  };

  async function answer(request: IncomingMessage, url: URL): Promise<Answer | Buffer | null> {
    const { pathname, searchParams } = url;
    if (request.method === "GET") return pathname === "/sns/jscode2session" ? codeToSession(searchParams) : null;
    if (request.method !== "POST") return null;
    const body = (await json(request).catch(() => null)) as Answer | null;
    if (!body) return refusal(47001, "data format error");
    if (pathname === "/cgi-bin/stable_token") return tokens.stableToken(body);
    const endpoint = withToken[pathname];
    if (!endpoint) return null;
    return (
      tokens.fault(searchParams.get("access_token")) ??
      counts.take(pathname, limits.get(pathname) ?? {}) ??
      endpoint(body)
    );
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    calls.set(url.pathname, (calls.get(url.pathname) ?? 0) + 1);
    // Like WeChat, the fake sends JSON as text/plain, also in refusals.
    response.setHeader("Content-Type", "text/plain");
    if (await faults.play(url.pathname, request, response)) return;
    const given = await answer(request, url);
    if (Buffer.isBuffer(given)) response.setHeader("Content-Type", "image/jpeg").end(given);
    else if (given) response.end(JSON.stringify(given));
    else response.writeHead(404).end();
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    settings: { ...settings, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    issueCode: (openid) => logins.issue(openid),
    issuePhoneCode: (phone) => phones.issue(phone),
    visit,
    addPage: codePictures.addPage,
    addTemplate: (id, fields) => void subscriptions.templates.set(id, fields),
    grant: subscriptions.grant,
    delivered: subscriptions.delivered,
    markPhoto: content.mark,
    pushTo(to) {
      target = to;
    },
    holdVerdicts(on) {
      hold = on;
    },
    pushVerdicts,
    push,
    failNext: faults.next,
    limit: (path, quota) => void limits.set(path, quota),
    revokeTokens: tokens.revoke,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
