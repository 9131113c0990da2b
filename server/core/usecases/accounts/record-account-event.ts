import type { EventData, EventType } from "../../../kernel/event.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { type UserStep, takeUserStep } from "./take-user-step.ts";

type AccountEventType = Extract<EventType, `account.${string}`>;

/** An event about an account: its type, changes of the user, and data. */
export type AccountEvent<T extends AccountEventType = AccountEventType> = {
  [K in T]: { type: K; set?: Partial<User>; data?: Omit<EventData<K>, "userId"> };
}[T];

/**
 * Records the event in the log of the community of the user's post or home. Throws `auth.session_ended` when the user
 * does not exist, `write.contended`.
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
