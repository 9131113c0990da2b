import type { Asking } from "../../../kernel/command.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type ErrorCode, refuse } from "../../../kernel/errors.ts";
import { type User, isGone } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { wasDone } from "../../../kernel/idempotency.ts";

const ATTEMPTS = 4;

/** What a step of a user changes, and what the log says of it. */
export interface UserStep {
  set: Partial<User>;
  type: string;
  communityId: string;
  /** The resident whom it concerns, if it is one. */
  residentId: string | null;
  /** Cadres whom it concerns, besides who does it. */
  cadreIds?: readonly string[];
  data: Record<string, unknown>;
}

/**
 * Takes one eventful step of a user, as `takeStep` does of a request. `decide` returns null when there is nothing to do. Throws
 * `unknown` when there is no such user, what `decide` throws, `idempotency.key_reused`, `write.contended`.
 */
export async function takeUserStep(
  deps: Uses<"clock" | "kick" | "store">,
  { actor, intent }: Asking,
  userId: string,
  unknown: ErrorCode,
  decide: (user: User, now: Date) => UserStep | null | Promise<UserStep | null>,
): Promise<User> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await deps.store.users.load(userId);
    if (!loaded || isGone(loaded.user)) refuse(unknown);
    const { user, steps } = loaded;
    if (wasDone(intent, steps)) return user;
    const now = deps.clock.now();
    const step = await decide(user, now);
    if (!step) return user;
    const saved = await deps.store.users.saveStep(userId, step.set, eventOf(user, step, actor, now), intent);
    if (saved) {
      deps.kick(step.communityId);
      return saved;
    }
  }
  return refuse("write.contended");
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
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: {
      ...{ residentId: step.residentId, handlerId: null, previousHandlerId: null },
      ...(step.cadreIds ? { cadreIds: step.cadreIds } : {}),
    },
    data: step.data,
  };
}
