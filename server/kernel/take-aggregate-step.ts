import type { Clock } from "./clock.ts";
import type { Asking } from "./command.ts";
import type { DomainEvent } from "./event.ts";
import type { Actor } from "./actor.ts";
import { type ErrorCode, refuse } from "./errors.ts";
import type { AggregateRepository, Versioned } from "./aggregate-repository.ts";
import { wasDone } from "./idempotency.ts";

const ATTEMPTS = 4;

/** What a step of an aggregate (a plan, a week, a leave, a community, an invitation) changes, and what the log says of it. */
export interface AggregateStep<T> {
  set: Partial<T>;
  type: string;
  data: Record<string, unknown>;
  /** The cadres whom it concerns, besides who does it. */
  cadreIds: readonly string[];
}

/** Which aggregate, and how it looks before its first step; null: it must be there, else `unknown` is thrown. */
export interface Target<T extends Versioned> {
  repository: Pick<AggregateRepository<T>, "load" | "insert" | "saveStep">;
  id: string;
  blank: T | null;
  unknown: ErrorCode;
}

/**
 * Takes one eventful step, as `takeStep` does of a request: load, decide, one conditional write, again when the version moved.
 * `decide` returns null when there is nothing to do. Throws what it throws, `idempotency.key_reused`, `write.contended`.
 */
export async function takeAggregateStep<T extends Versioned>(
  deps: { clock: Clock; kick(communityId: string): void },
  { actor, intent }: Asking,
  { repository, id, blank, unknown }: Target<T>,
  decide: (value: T, now: Date) => AggregateStep<T> | null | Promise<AggregateStep<T> | null>,
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await repository.load(id);
    if (loaded && wasDone(intent, loaded.steps)) return loaded.value;
    const value = loaded?.value ?? blank ?? refuse(unknown);
    const now = deps.clock.now();
    const step = await decide(value, now);
    if (!step) return value;
    const event = eventOf(value, step, actor, now);
    const after = { ...value, ...step.set, version: event.version };
    const saved = loaded
      ? await repository.saveStep(id, step.set, event, intent)
      : (await repository.insert(after, event, intent))
        ? after
        : null;
    if (saved) {
      deps.kick(value.communityId);
      return saved;
    }
  }
  return refuse("write.contended");
}

function eventOf<T extends Versioned>(value: T, step: AggregateStep<T>, actor: Actor, now: Date): DomainEvent {
  return {
    version: value.version + 1,
    type: step.type,
    at: now,
    communityId: value.communityId,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null, cadreIds: step.cadreIds },
    data: step.data,
  };
}
