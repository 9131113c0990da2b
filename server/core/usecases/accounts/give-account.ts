import type { Uses } from "../../ports.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { INSTALLATION } from "../../domain/audit/audit.ts";
import { refuse } from "../../../kernel/errors.ts";
import { postEventData, addPost } from "../../domain/people/posts.ts";
import type { Membership } from "../../domain/accounts/user.ts";
import { chainOf } from "../audit/chain-of.ts";
import { idFromKey } from "../../../kernel/ids.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { takeUserStep } from "./take-user-step.ts";

/** How long a one-time password waits for its first use, in ms. */
const TEMPORARY_MS = 3 * 24 * 3_600_000;

/** A new account of a clerk or supervisor, who logs in to the console with a password. */
export interface NewAccount {
  /** In lower case. */
  account: string;
  name: string;
  title: string;
  role: "committee" | "supervisor";
  communityIds: readonly string[];
}

type Parts = Uses<"store" | "clock" | "wakeRelay" | "passwords">;

/**
 * The post of a new account. Its id is derived from account, role and community, so that a repetition gives no second
 * post.
 */
function postOf({ account, title, role, communityIds }: NewAccount): Membership {
  return {
    id: idFromKey(`post:${account}:${role}:${communityIds[0]}`),
    role,
    communityId: communityIds.length === 1 ? (communityIds[0] ?? null) : null,
    communityIds,
    organizationName: null,
    title,
    positions: [],
    dutyPhone: null,
    photoFileId: null,
  };
}

/**
 * Creates an account with a post and a one-time password, which is returned and not stored in clear. Null when the
 * account exists with that post, as after a repetition. Throws `account.taken`.
 */
export async function giveAccount(
  deps: Parts,
  command: CommandContext,
  given: NewAccount,
): Promise<{ password: string | null }> {
  const post = postOf(given);
  const userId = idFromKey(`account:${given.account}`);
  const before = await deps.store.identities.find("account", given.account);
  if (before) {
    const holder = await deps.store.users.find(before.userId);
    if (!holder?.memberships.some(({ id }) => id === post.id)) refuse("account.taken", { account: given.account });
    return { password: null };
  }
  await deps.store.users.create({ id: userId, name: given.name, createdAt: deps.clock.now() });
  await takeUserStep(deps, command, userId, "account.taken", (user) => {
    const set = addPost(user, post);
    const data = { ...postEventData(userId, given.name, post), via: "account" as const };
    return (
      set && { type: "role.granted", communityId: given.communityIds[0] ?? INSTALLATION, residentId: null, set, data }
    );
  });
  // The identity comes last, so that nobody can log in without the post.
  const password = oneTimePassword();
  const secret = await deps.passwords.hash(password);
  const temporaryUntil = new Date(deps.clock.now().getTime() + TEMPORARY_MS);
  const linked = await deps.store.identities.link({
    kind: "account",
    subject: given.account,
    userId,
    secret,
    temporaryUntil,
  });
  return { password: linked.secret === secret ? password : null };
}

/**
 * Ends every login of an account and replaces its password by a one-time password, which is returned. Throws
 * `auth.password_invalid` when the account does not exist.
 */
export async function resetPassword(deps: Parts, command: CommandContext, account: string): Promise<string> {
  const identity = (await deps.store.identities.find("account", account)) ?? refuse("auth.password_invalid");
  const password = oneTimePassword();
  const now = deps.clock.now();
  const until = new Date(now.getTime() + TEMPORARY_MS);
  const secret = await deps.passwords.hash(password);
  if (!(await deps.store.identities.setSecret(account, identity.secret, secret, until))) refuse("write.contended");
  await deps.store.sessions.endOf(identity.userId);
  await takeUserStep(deps, command, identity.userId, "auth.password_invalid", (user) => ({
    type: "account.password_reset",
    communityId: chainOf(user),
    residentId: null,
    set: { signedOutAt: now },
    data: { userId: user.id, name: user.name },
  }));
  return password;
}
