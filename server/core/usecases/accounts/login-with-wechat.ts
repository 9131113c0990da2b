import type { Uses } from "../../ports.ts";
import { userOf } from "./identities.ts";
import { type LoginFrom, type OpenSession, openSession } from "./open-session.ts";

/** Logs in whom WeChat names. Throws `auth.wechat_code_invalid`, `rate.limited`, `wechat.unavailable`. */
export async function loginWithWeChat(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "store" | "tokens" | "wakeRelay" | "wechat">,
  code: string,
  from: LoginFrom,
): Promise<OpenSession> {
  const { openid } = await deps.wechat.codeToSession(code);
  return openSession(deps, await userOf(deps, { kind: "wechat", value: openid }), from);
}
