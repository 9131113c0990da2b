import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/** Changes preferences and the role in use (a membership's id, or `resident`). Throws `me.membership_unknown`. */
export async function updateMe(
  deps: Uses<"store">,
  actor: Actor,
  { actingAs, largeText }: { actingAs?: string | undefined; largeText?: boolean | undefined },
): Promise<User> {
  const user = await ownUser(deps, actor);
  if (actingAs && actingAs !== "resident" && !user.memberships.some(({ id }) => id === actingAs)) {
    refuse("me.membership_unknown");
  }
  const changed = {
    ...(actingAs === undefined ? {} : { actingAs: actingAs === "resident" ? null : actingAs }),
    ...(largeText === undefined ? {} : { largeText }),
  };
  if (!Object.keys(changed).length) return user;
  return (await deps.store.users.update(user.id, changed)) ?? user;
}

/** The actor's own user. Throws `auth.session_ended` when the account is gone. */
export const ownUser = async (deps: Uses<"store">, actor: Actor): Promise<User> =>
  (await deps.store.users.find(actor.userId)) ?? refuse("auth.session_ended");
