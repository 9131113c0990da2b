import type { Asking } from "../../../kernel/command.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { takeUserStep } from "./take-user-step.ts";

/** What became of somebody's account, for the log. */
export interface AccountNote {
  type: `account.${string}`;
  set?: Partial<User>;
  data?: Record<string, unknown>;
}

/** Puts it into the log of the user's community, whose post it is. Throws `auth.session_ended` when the user is gone, `write.contended`. */
export async function noteAccount(
  deps: Uses<"clock" | "kick" | "store">,
  asking: Asking,
  userId: string,
  { type, set = {}, data = {} }: AccountNote,
): Promise<User> {
  return takeUserStep(deps, asking, userId, "auth.session_ended", (user) => ({
    ...{ type, set, communityId: chainOf(user) },
    residentId: user.memberships.length ? null : user.id,
    data: { userId: user.id, ...data },
  }));
}
