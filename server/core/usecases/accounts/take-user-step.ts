import type { Actor } from "../../../kernel/actor.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { type ErrorCode, refuse } from "../../../kernel/errors.ts";
import type { DomainEvent, EventContent } from "../../../kernel/event.ts";
import { type User, isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { runStep } from "../../../kernel/step-runner.ts";

/** The changes of a step of a user, and the content of its event. */
export type UserStep = EventContent & {
  set: Partial<User>;
  communityId: string;
  /** The resident concerned; null when no resident is. */
  residentId: string | null;
  /** The cadres concerned, besides the actor. */
  cadreIds?: readonly string[];
};

/**
 * Takes a step of a user. `decide` returns null when there is nothing to do. Throws `unknown` when the user does not
 * exist, what `decide` throws, `idempotency.key_reused`, `write.contended`.
 */
export function takeUserStep(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  { actor, idempotency }: CommandContext,
  userId: string,
  unknown: ErrorCode,
  decide: (user: User, now: Date) => UserStep | null | Promise<UserStep | null>,
): Promise<User> {
  const { users } = deps.store;
  return runStep(idempotency, {
    async load() {
      const loaded = await users.load(userId);
      return !loaded || isAccountClosed(loaded.user) ? refuse(unknown) : loaded;
    },
    unchanged: ({ user }) => user,
    async decide({ user }) {
      const now = deps.clock.now();
      const step = await decide(user, now);
      return step && { set: step.set, event: eventOf(user, step, actor, now) };
    },
    save: ({ set, event }) => users.saveStep(userId, set, event, idempotency),
    wakeRelay: ({ event }) => deps.wakeRelay(event.communityId),
  });
}

function eventOf(user: User, step: UserStep, actor: Actor, now: Date): DomainEvent {
  return {
    version: user.version + 1,
    type: step.type,
    at: now,
    communityId: step.communityId,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    about: { kind: "user", id: user.id, no: null },
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: {
      ...{ residentId: step.residentId, handlerId: null, previousHandlerId: null },
      ...(step.cadreIds ? { cadreIds: step.cadreIds } : {}),
    },
    data: step.data,
  } as DomainEvent;
}
