import type { Actor } from "../../../kernel/actor.ts";
import { mergeOrder } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { endMerges, mergeAccounts, userOf } from "./identities.ts";
import { consumeLimit } from "./limits.ts";
import { type LoginFrom, type OpenSession, openSession } from "./open-session.ts";

/**
 * Logs in with a phone that is proven to be the caller's. Somebody who is logged in through WeChat and has no phone
 * yet becomes one user with the phone's, in the account that holds a post; an account that has a phone of its own is
 * left as it is, as are two that both hold a post, and the login is the phone's.
 */
export async function linkPhone(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  actor: Actor | null,
  phone: string,
  from: LoginFrom,
): Promise<OpenSession> {
  const way = { kind: "phone", value: phone } as const;
  const sealed = deps.keys.seal(phone, "phone");
  const current = actor && (await deps.store.users.find(actor.userId));
  if (!current || current.phone) return openSession(deps, await userOf(deps, way, { phone: sealed }), from);

  const holder = await userOf(deps, way, { phone: sealed }, current.id);
  const order = mergeOrder(holder, current);
  const user = order ? await mergeAccounts(deps, order.survivor, order.merged) : holder;
  if (user.phone) return openSession(deps, user, from);
  await endMerges(deps, user);
  // Last: an account with a phone is merged no more, and what a crash has broken off goes on with the next code.
  return openSession(deps, (await deps.store.users.update(user.id, { phone: sealed })) ?? user, from);
}

/**
 * Links the phone that WeChat vouches for: the code of the phone button, which WeChat charges for. Throws
 * `auth.wechat_phone_invalid`, `wechat.unavailable`, `rate.limited`.
 */
export async function linkWeChatPhone(
  deps: Uses<"clock" | "keys" | "limiter" | "loginsEnded" | "store" | "tokens" | "wakeRelay" | "wechat">,
  actor: Actor,
  code: string,
  from: LoginFrom,
): Promise<OpenSession> {
  await consumeLimit(deps, "phoneButton", actor.userId);
  return linkPhone(deps, actor, await deps.wechat.phoneNumber(code), from);
}
