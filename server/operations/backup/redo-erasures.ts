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

/** An account that was closed this long before the copy began is closed in the copy too, ms. */
const IN_PROGRESS_WINDOW_MS = 24 * 3_600_000;
const underWay = (takenAt: string): Date => new Date(Date.parse(takenAt) - IN_PROGRESS_WINDOW_MS);

/** The erasures that a copy may lack. Earlier ones are complete in the copy. */
export const erasuresAfter = (takenAt: string, erasures: readonly Erasure[]): Erasure[] =>
  erasures.filter(({ at }) => at > underWay(takenAt));

/**
 * Removes the progress marks of jobs, so that they start again. The marks are those of the original or of the replaced
 * database. Even a mark in the copy may be newer than parts of the copy that were read before the job reached them.
 */
export async function resetProgress({ store }: Pick<AccountClosing, "store">, takenAt: string): Promise<void> {
  for (const name of await store.meta.names())
    if (isRetentionMark(name) || name === KEYS_MOVED) await store.meta.remove(name);
  await store.requests.doubtErased(underWay(takenAt));
}

/**
 * Repeats the erasure of people who have closed their accounts since the copy was made. Their open requests are
 * withdrawn, posts that they still hold in the copy are ended, and their accounts are closed, each by a step with an
 * event. Then their data are erased. Returns the number of accounts that the copy had. Their rows in the log are erased
 * afterwards, once these events are in it ({@link forgetInLog}). Safe to repeat.
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

/** Ends the posts of a user. The original account had none when it was closed, but the copy may be older. */
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

/** Erases the rows of these people in the log, applies the retention periods, and deletes the pictures of both. */
export async function forgetInLog(deps: AccountClosing, erasures: readonly Erasure[]): Promise<void> {
  for (const { ids, at } of erasures) await eraseFromLog(deps, ids, at);
  await enforceRetention(deps);
  await sweepFiles(deps);
}
