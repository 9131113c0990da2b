import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../ports.ts";
import type { WeChatSettings } from "./wechat.ts";

/** A stand-in for api.weixin.qq.com on loopback that checks what the real one checks. */
export interface FakeWeChat {
  settings: WeChatSettings;
  /** What `wx.login` would give this user: a code, good once and for five minutes. */
  issueCode(openid: string): string;
  /** The next call gets this instead of an answer: an error code, or a dead line. */
  failNext(how: number | "hang up" | "no json"): void;
  stop(): Promise<void>;
}

const CODE_MS = 5 * 60_000;
/** code2Session: 100 calls a minute for each user (45011). */
const CALLS_A_MINUTE = 100;
/** What `wx.login` returns in DevTools without an app id of one's own. */
const MOCK_CODE = "the code is a mock one";

/** Starts it. In development every DevTools mock code is one developer. */
export async function startFakeWeChat({ clock = systemClock }: { clock?: Clock } = {}): Promise<FakeWeChat> {
  const settings = { appId: `wx${randomBytes(8).toString("hex")}`, secret: randomBytes(16).toString("hex") };
  const codes = new Map<string, { openid: string; until: number; used: boolean }>();
  const calls = new Map<string, number[]>();
  let failure: number | "hang up" | "no json" | null = null;

  const sessionKey = (openid: string): string => createHash("md5").update(openid).digest("base64");

  function codeToSession(query: URLSearchParams): Record<string, unknown> {
    if (query.get("appid") !== settings.appId) return { errcode: 40013, errmsg: "invalid appid" };
    if (query.get("secret") !== settings.secret) return { errcode: 40125, errmsg: "invalid appsecret" };
    if (query.get("grant_type") !== "authorization_code") return { errcode: 40002, errmsg: "invalid grant_type" };
    const code = query.get("js_code");
    if (!code) return { errcode: 41008, errmsg: "missing code" };
    if (code === MOCK_CODE) return { openid: "o-developer", session_key: sessionKey("o-developer") };
    const now = clock.now().getTime();
    const issued = codes.get(code);
    if (!issued || issued.until < now) return { errcode: 40029, errmsg: "invalid code" };
    const recent = (calls.get(issued.openid) ?? []).filter((at) => at > now - 60_000);
    calls.set(issued.openid, [...recent, now]);
    if (recent.length >= CALLS_A_MINUTE)
      return { errcode: 45011, errmsg: "api minute-quota reach limit, please retry next minute" };
    if (issued.used) return { errcode: 40163, errmsg: "code been used" };
    issued.used = true;
    return { openid: issued.openid, session_key: sessionKey(issued.openid) };
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const [fault, hungUp] = [failure, failure === "hang up"];
    failure = null;
    if (hungUp) {
      request.socket.destroy();
      return;
    }
    response.setHeader("Content-Type", "text/plain");
    if (fault === "no json") response.end("<html>502</html>");
    else if (typeof fault === "number") response.end(JSON.stringify({ errcode: fault, errmsg: "fault" }));
    else if (url.pathname === "/sns/jscode2session" && request.method === "GET")
      response.end(JSON.stringify(codeToSession(url.searchParams)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    settings: { ...settings, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    issueCode(openid) {
      const code = randomBytes(16).toString("hex");
      codes.set(code, { openid, until: clock.now().getTime() + CODE_MS, used: false });
      return code;
    },
    failNext(how) {
      failure = how;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
