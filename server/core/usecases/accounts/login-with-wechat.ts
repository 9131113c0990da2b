import type { Uses } from "../../ports.ts";
import { userOf } from "./identities.ts";
import { type LoginFrom, type OpenSession, openSession } from "./open-session.ts";

/** Logs in the WeChat user of the code. Throws `auth.wechat_code_invalid`, `rate.limited`, `wechat.unavailable`. */
export async function loginWithWeChat(
  deps: Uses<"clock" | "consoleSession" | "keys" | "loginsEnded" | "store" | "tokens" | "wakeRelay" | "wechat">,
  code: string,
  from: LoginFrom,
): Promise<OpenSession> {
  const { openid } = await deps.wechat.codeToSession(code);
  return openSession(deps, await userOf(deps, { kind: "wechat", value: openid }), "wechat", from);
}
