import type { EventData, EventType } from "../../../kernel/event.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { type UserStep, takeUserStep } from "./take-user-step.ts";

type AccountEventType = Extract<EventType, `account.${string}`>;

/** What became of somebody's account, for the log. */
export type AccountEvent<T extends AccountEventType = AccountEventType> = {
  [K in T]: { type: K; set?: Partial<User>; data?: Omit<EventData<K>, "userId"> };
}[T];

/**
 * Puts it into the log of the user's community, whose post it is. Throws `auth.session_ended` when the user is gone,
 * `write.contended`.
 */
export async function recordAccountEvent(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  userId: string,
  { type, set = {}, data = {} }: AccountEvent,
): Promise<User> {
  return takeUserStep(deps, command, userId, "auth.session_ended", (user) => {
    const residentId = user.memberships.length ? null : user.id;
    return { type, set, communityId: chainOf(user), residentId, data: { userId: user.id, ...data } } as UserStep;
  });
}
