import { system } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { type UserStep, takeUserStep } from "./take-user-step.ts";

type MergePorts = Uses<"clock" | "store" | "wakeRelay">;

/**
 * Makes two accounts of one person one: `survivor` takes over what `merged` had, which holds no post (`mergeOrder`).
 * Each takes a step with an event. In this order a crash leaves at worst two accounts of which the survivor sees both,
 * and repeating it ends it. No request and no log row is rewritten. Null: the other goes into a third account at the
 * same moment, and only into that. Throws `write.contended` when the survivor itself goes into a third.
 */
export async function mergeAccounts(deps: MergePorts, survivor: User, merged: User): Promise<User | null> {
  const { users, identities, sessions } = deps.store;
  const step = (id: string, decide: (user: User) => UserStep | null): Promise<User> =>
    takeUserStep(deps, { actor: system, idempotency: null }, id, "auth.session_ended", decide);
  const names = { from: merged.id, into: survivor.id };
  // The step moves the version, so that no account is taken over by one that goes into a third itself.
  const left = await users.find(merged.id);
  if (!left || isAccountClosed(left)) return null;
  const leaving = await step(merged.id, ({ mergingInto, ...user }) =>
    mergingInto === survivor.id || isElsewhere(mergingInto, survivor)
      ? null
      : {
          ...{ type: "account.merge_begun", communityId: chainOf(user), residentId: null },
          set: { mergingInto: survivor.id },
          data: names,
        },
  );
  if (leaving.mergingInto !== survivor.id) return null;
  await step(survivor.id, (user) => absorption(user, leaving));
  await identities.move(merged.id, survivor.id);
  await sessions.move(merged.id, survivor.id);
  await step(merged.id, (user) => ({
    ...{ type: "account.merged", communityId: chainOf(user), residentId: null },
    set: { mergedInto: survivor.id },
    data: names,
  }));
  return (await users.find(survivor.id)) ?? survivor;
}

/**
 * Whether a merge into another account than `survivor` has begun. One into an account that has gone into the survivor
 * meanwhile goes on with the survivor.
 */
const isElsewhere = (mergingInto: string | null, survivor: User): boolean =>
  Boolean(mergingInto) && !survivor.mergedIds.some((id) => id === mergingInto);

/**
 * Adds the merged account's ids and ended posts, and its registration and name where they are missing. Null: the user
 * has them already. Throws `write.contended`.
 */
function absorption(user: User, merged: User): UserStep | null {
  // The login is tried again by the person, and finds the third account.
  if (user.mergingInto) refuse("write.contended");
  const union = (own: readonly string[], others: readonly string[]): string[] => [...new Set([...own, ...others])];
  const set = {
    mergedIds: union(user.mergedIds, [merged.id, ...merged.mergedIds]),
    endedPosts: union(user.endedPosts, merged.endedPosts),
    ...(merged.registration && !user.registration ? { registration: merged.registration } : {}),
    ...(merged.registration && user.name === null ? { name: merged.name } : {}),
  };
  const isWhole =
    set.mergedIds.length === user.mergedIds.length &&
    set.endedPosts.length === user.endedPosts.length &&
    !("registration" in set) &&
    !("name" in set);
  if (isWhole) return null;
  const data = { from: merged.id, into: user.id };
  return { type: "account.merged", communityId: chainOf(user), residentId: null, set, data };
}

/** Completes merges into a user that a crash interrupted after the other account's identities were moved. */
export async function endMerges(deps: MergePorts, user: User): Promise<void> {
  for (const left of await deps.store.users.findMany(user.mergedIds))
    if (!isAccountClosed(left)) await mergeAccounts(deps, user, left);
}
