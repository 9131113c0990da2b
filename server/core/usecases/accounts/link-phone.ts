import type { Actor } from "../../../kernel/actor.ts";
import { mergeOrder } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { userOf } from "./identities.ts";
import { endMerges, mergeAccounts } from "./merge-accounts.ts";
import { consumeLimit } from "./limits.ts";
import { type LoginFrom, type LoginWay, type OpenSession, openSession } from "./open-session.ts";

/**
 * Logs in with a phone that is proven to be the caller's. Somebody who is logged in through WeChat and has no phone
 * yet becomes one user with the phone's, in the account that holds a post; an account that has a phone of its own is
 * left as it is, as are two that both hold a post, and the login is the phone's. So it is for the second of two phones
 * that are linked to one account at the same moment.
 */
export async function linkPhone(
  deps: Uses<"clock" | "consoleSession" | "keys" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  actor: Actor | null,
  phone: string,
  by: Extract<LoginWay, "phone" | "wechat">,
  from: LoginFrom,
): Promise<OpenSession> {
  const way = { kind: "phone", value: phone } as const;
  const sealed = deps.keys.seal(phone, "phone");
  const current = actor && (await deps.store.users.find(actor.userId));
  if (!current || current.phone) return openSession(deps, await userOf(deps, way, { phone: sealed }), by, from);

  const holder = await userOf(deps, way, { phone: sealed }, current.id);
  const order = mergeOrder(holder, current);
  const user = (order && (await mergeAccounts(deps, order.survivor, order.merged))) ?? holder;
  if (user.phone) return openSession(deps, user, by, from);
  await endMerges(deps, user);
  // The phone is set last. A user with a phone is not merged again, so an interrupted merge can continue with the next
  // code.
  return openSession(deps, (await deps.store.users.update(user.id, { phone: sealed })) ?? user, by, from);
}

/**
 * Links the phone that WeChat has verified, by the code of its phone button, for which WeChat charges. Throws
 * `auth.wechat_phone_invalid`, `wechat.unavailable`, `rate.limited`.
 */
export async function linkWeChatPhone(
  deps: Uses<
    "clock" | "consoleSession" | "keys" | "limiter" | "loginsEnded" | "store" | "tokens" | "wakeRelay" | "wechat"
  >,
  actor: Actor,
  code: string,
  from: LoginFrom,
): Promise<OpenSession> {
  await consumeLimit(deps, "phoneButton", actor.userId);
  return linkPhone(deps, actor, await deps.wechat.phoneNumber(code), "wechat", from);
}
