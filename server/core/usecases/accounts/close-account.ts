import type { Uses } from "../../ports.ts";
import { type Actor, system } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Action, type Inputs, openStatuses } from "../../domain/requests/request-lifecycle.ts";
import { type User, toActor } from "../../domain/accounts/user.ts";
import type { RequestFilter } from "../../store/requests/request-filter.ts";
import { chainOf } from "../audit/chain-of.ts";
import { type StepPorts, takeStep } from "../requests/take-step.ts";
import { findIdentity } from "./identities.ts";
import { erasedUser, erasePerson } from "./erase-person.ts";
import { type SentOtp, requestOtp } from "./request-otp.ts";
import { takeUserStep } from "./take-user-step.ts";
import { ownUser } from "./update-me.ts";
import { redeemOtp } from "./verify-otp.ts";

/** A code sent to the own phone, or a fresh `wx.login`. */
export interface Proof {
  kind: "phone" | "wechat";
  code: string;
}

const REASON = "居民注销了账号";
const PAGE = 50;

/** Sends a code to the actor's own phone. Throws `account.no_phone`, and as `requestOtp` does. */
export async function requestOwnOtp(
  deps: Uses<"clock" | "demo" | "keys" | "limiter" | "sms" | "store">,
  actor: Actor,
  address: string,
): Promise<SentOtp> {
  return requestOtp(deps, phoneOf(deps, await ownUser(deps, actor)), address);
}

/**
 * Closes the account for good: open requests are withdrawn (their handlers are told), the person's data is erased,
 * every login ends. What follows in the log and in documents is done by the erasure consumer, also after a crash;
 * repeating it goes on. Throws `account.holds_post` (the committee ends the post first), `account.no_phone`, and what
 * checking the proof throws.
 */
export async function closeAccount(
  deps: Uses<
    | "clock"
    | "erasureNotes"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  actor: Actor,
  proof: Proof,
  address: string,
): Promise<void> {
  const user = await ownUser(deps, actor);
  if (user.memberships.length > 0) refuse("account.holds_post");
  await check(deps, user, proof, address);
  await endAccount(deps, user);
  const ids = [user.id, ...user.mergedIds];
  const at = deps.clock.now();
  // A disk that is full keeps nobody's data: whoever looks at closed accounts notes it again
  // (server/core/jobs/erasure-watch.ts).
  await deps.erasureNotes
    .note({ ids, at })
    .catch((error: unknown) => deps.log.error({ err: error }, "an erasure was not noted"));
  await erasePerson(deps, ids, at);
}

/** What ending an account needs: of a restore, too, which has no server. */
export type AccountClosing = StepPorts & Uses<"files" | "modules">;

/**
 * Withdraws what is open, leaves what is followed, ends what was to be called back, and closes the account, each a
 * step with an event.
 */
export async function endAccount(deps: AccountClosing, user: User): Promise<void> {
  const asResident: Actor = { ...toActor(user), role: "resident" };
  const { ids } = asResident;
  const followed = { followerIds: ids, statuses: [...openStatuses, "resolved" as const] };
  await takeOfAll(deps, asResident, { residentIds: ids, statuses: openStatuses }, "withdraw", { reason: REASON });
  await takeOfAll(deps, asResident, followed, "unfollow", {});
  await takeOfAll(deps, system, { residentIds: ids, late: "callback" }, "end-callback", {});
  // Also of somebody who has never registered: a counter may have filed for that phone, and this row is what erases
  // the log.
  await takeUserStep(deps, { actor: asResident, idempotency: null }, user.id, "auth.session_ended", (left, now) => ({
    type: "account.closed",
    communityId: chainOf(left),
    residentId: user.id,
    set: erasedUser(now),
    data: {},
  }));
}

async function check(
  deps: Uses<"clock" | "keys" | "store" | "wakeRelay" | "wechat">,
  user: User,
  { kind, code }: Proof,
  address: string,
): Promise<void> {
  if (kind === "phone") return redeemOtp(deps, { phone: phoneOf(deps, user), code, address });
  const { openid } = await deps.wechat.codeToSession(code);
  const identity = await findIdentity(deps, { kind: "wechat", value: openid });
  if (identity?.userId !== user.id) refuse("auth.wechat_code_invalid");
}

function phoneOf(deps: Uses<"keys">, user: User): string {
  return user.phone ? deps.keys.open(user.phone, "phone") : refuse("account.no_phone");
}

/**
 * Takes the step of each request that is found until none is, one by one, so that somebody else's step at the same
 * moment is not undone.
 */
async function takeOfAll<A extends Action>(
  deps: AccountClosing,
  actor: Actor,
  filter: RequestFilter,
  action: A,
  input: Inputs[A],
): Promise<void> {
  for (;;) {
    const { items } = await deps.store.requests.list(filter, PAGE);
    if (!items.length) return;
    for (const { id } of items) await takeStep(deps, { actor, idempotency: null }, id, action, input);
  }
}
