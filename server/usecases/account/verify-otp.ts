import type { Actor } from "../../domain/actor.ts";
import { refuse } from "../../domain/errors.ts";
import type { User } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import { mergeInto, userOf } from "./identities.ts";
import { type OpenSession, openSession } from "./open-session.ts";

/**
 * Logs in with the code that a phone was sent. Somebody who is logged in through WeChat and has no phone yet becomes one user with
 * the phone's; an account that has a phone of its own is left as it is, and the login is the phone's. Throws `auth.otp_invalid`,
 * `auth.otp_expired`.
 */
export async function verifyOtp(deps: Deps, actor: Actor | null, phone: string, code: string): Promise<OpenSession> {
  const subject = deps.keys.blindIndex("phone", phone);
  const now = deps.clock.now();
  if (!(await deps.store.otps.redeem(subject, deps.keys.blindIndex("otp", `${phone} ${code}`), now))) {
    refuse((await deps.store.otps.miss(subject, now)) ? "auth.otp_invalid" : "auth.otp_expired");
  }
  const identity = { kind: "phone", subject } as const;
  const sealed = deps.keys.seal(phone, "phone");
  const current = actor && (await deps.store.users.find(actor.userId));
  if (!current || current.phone) return openSession(deps, await userOf(deps, identity, { phone: sealed }));

  const { userId } = await deps.store.identities.link({ ...identity, userId: current.id });
  const holder = userId === current.id ? null : await deps.store.users.find(userId);
  const user: User = holder
    ? await mergeInto(deps, holder, current)
    : ((await deps.store.users.update(current.id, { phone: sealed })) ?? current);
  return openSession(deps, user);
}
