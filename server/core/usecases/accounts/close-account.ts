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

/** The proof of identity for closing an account: a code sent to the own phone, or a fresh `wx.login`. */
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
 * Closes the account for good: open requests are withdrawn and their handlers told, the person's data is erased, every
 * login ends. The erasure consumer erases the log and what is left in documents, also after a crash. A repeated call
 * continues. Throws `account.holds_post` (the committee has to end the post first), `account.no_phone`, and as the
 * check of the proof does.
 */
export async function closeAccount(
  deps: Uses<
    | "clock"
    | "erasureNotes"
    | "files"
    | "holidays"
    | "keys"
    | "limiter"
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
  // A full disk must not prevent the closing. The erasure watch adds missing notes (server/core/jobs/erasure-watch.ts).
  await deps.erasureNotes
    .note({ ids, at })
    .catch((error: unknown) => deps.log.error({ err: error }, "an erasure was not noted"));
  await erasePerson(deps, ids, at);
}

/** The ports for ending an account. A restore, which runs without a server, uses them, too. */
export type AccountClosing = StepPorts & Uses<"files" | "modules">;

/**
 * Withdraws open requests, unfollows others, ends due callbacks, and closes the account. Each is a step with an event.
 */
export async function endAccount(deps: AccountClosing, user: User): Promise<void> {
  const asResident: Actor = { ...toActor(user), role: "resident" };
  const { ids } = asResident;
  const followed = { followerIds: ids, statuses: [...openStatuses, "resolved" as const] };
  await takeOfAll(deps, asResident, { residentIds: ids, statuses: openStatuses }, "withdraw", { reason: REASON });
  await takeOfAll(deps, asResident, followed, "unfollow", {});
  await takeOfAll(deps, system, { residentIds: ids, attention: "callback" }, "end-callback", {});
  // The event is also written for users who never registered: a counter may have filed for their phone, and the
  // consumer erases the log when it reads this event.
  // The event has no name, so that its row need not be erased and goes on committing to the state of the account.
  await takeUserStep(
    deps,
    { actor: { ...asResident, name: "" }, idempotency: null },
    user.id,
    "auth.session_ended",
    (left, now) => ({
      type: "account.closed",
      communityId: chainOf(left),
      residentId: user.id,
      set: erasedUser(now),
      data: {},
    }),
  );
}

async function check(
  deps: Uses<"clock" | "keys" | "limiter" | "store" | "wakeRelay" | "wechat">,
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

/** Takes the step with every matching request until none is left, one by one, so that concurrent steps are kept. */
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
