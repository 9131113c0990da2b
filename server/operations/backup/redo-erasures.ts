import { system } from "../../kernel/actor.ts";
import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { postEventData, removePost } from "../../core/domain/people/posts.ts";
import { type User, isAccountClosed } from "../../core/domain/accounts/user.ts";
import type { Erasure } from "../erasure-notes.ts";
import { type AccountClosing, endAccount } from "../../core/usecases/accounts/close-account.ts";
import { eraseFromLog, erasePerson } from "../../core/usecases/accounts/erase-person.ts";
import { enforceRetention, isRetentionMark } from "../../core/usecases/accounts/enforce-retention.ts";
import { takeUserStep } from "../../core/usecases/accounts/take-user-step.ts";
import { sweepFiles } from "../../core/usecases/files/sweep-files.ts";
import { KEYS_MOVED } from "../../core/usecases/privacy/migrate-keys.ts";

/** What was closed so long before a copy was begun, is closed in it, whatever was still under way then, ms. */
const IN_PROGRESS_WINDOW_MS = 24 * 3_600_000;
const underWay = (takenAt: string): Date => new Date(Date.parse(takenAt) - IN_PROGRESS_WINDOW_MS);

/** Erasures that a copy of `takenAt` may not have: it says of the others itself that they are gone. */
export const erasuresAfter = (takenAt: string, erasures: readonly Erasure[]): Erasure[] =>
  erasures.filter(({ at }) => at > underWay(takenAt));

/**
 * Takes back what says how far jobs have come: it says so of the original, or of what was replaced. Of a copy that
 * was made meanwhile some parts were read before the job came to them, and the mark after it. The jobs begin anew.
 */
export async function resetProgress({ store }: Pick<AccountClosing, "store">, takenAt: string): Promise<void> {
  for (const name of await store.meta.names())
    if (isRetentionMark(name) || name === KEYS_MOVED) await store.meta.remove(name);
  await store.requests.doubtErased(underWay(takenAt));
}

/**
 * Erases once more the people who have closed their accounts since the copy was made, which has brought them back:
 * their open requests are withdrawn, posts that they held then are ended, and the accounts closed, each a step with
 * an event, and what is kept of them is erased. Returns how many of them were there. What the log says of them goes
 * when those events are in it: {@link forgetInLog}. Safe to repeat.
 */
export async function redoErasures(deps: AccountClosing, erasures: readonly Erasure[]): Promise<number> {
  let count = 0;
  for (const { ids, at } of erasures) {
    const users = (await deps.store.users.findMany(ids)).filter((user) => !isAccountClosed(user));
    for (const user of users) await endAccount(deps, await withoutPosts(deps, user));
    await erasePerson(deps, ids, at);
    if (users.length) count++;
  }
  return count;
}

/** Whoever closed an account held no post any more; in the copy it may still stand. */
async function withoutPosts(deps: AccountClosing, user: User): Promise<User> {
  let left = user;
  while (left.memberships.length) {
    left = await takeUserStep(
      deps,
      { actor: system, idempotency: null },
      user.id,
      "auth.session_ended",
      (before, now) => {
        const [post] = before.memberships;
        if (!post) return null;
        return {
          type: "role.ended",
          communityId: post.communityId ?? post.communityIds[0] ?? INSTALLATION,
          residentId: null,
          set: removePost(before, post, now),
          data: { ...postEventData(before.id, before.name ?? "", post), reason: "恢复备份：注销以前已经离岗" },
        };
      },
    );
  }
  return left;
}

/** Erases what the log says of them, what was kept for its time meanwhile, and the pictures of both. */
export async function forgetInLog(deps: AccountClosing, erasures: readonly Erasure[]): Promise<void> {
  for (const { ids } of erasures) await eraseFromLog(deps, ids);
  await enforceRetention(deps);
  await sweepFiles(deps);
}
